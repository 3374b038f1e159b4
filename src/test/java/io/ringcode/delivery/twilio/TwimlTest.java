package io.ringcode.delivery.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.delivery.voice.Speech;
import org.junit.jupiter.api.Test;

class TwimlTest {
    private static String say(String text) {
        return "<Say language=\"en-US\">" + text + "</Say>";
    }

    private static final String PAUSE = "<Pause length=\"1\"/>";

    @Test
    void digits_are_spoken_one_by_one_and_all_of_it_twice() {
        var said = say("Your code is 1, 2, 3, 4, 5, 6.");
        assertThat(Twiml.inline(Speech.of("Your code is 1.2.3.4.5.6."), "en-US", 4000))
                .isEqualTo("<Response>" + PAUSE + said + PAUSE + said + "</Response>");
    }

    @Test
    void a_mark_is_a_pause() {
        var said = say("Hello") + PAUSE + say("1, 2, 3, 4") + PAUSE;
        assertThat(Twiml.inline(Speech.of("Hello\uE0001.2.3.4\uE000"), "en-US", 4000))
                .isEqualTo("<Response>" + PAUSE + said + PAUSE + said + "</Response>");
    }

    @Test
    void a_template_that_repeats_the_code_is_said_once() {
        assertThat(Twiml.inline(Speech.of("It is 1.2.3.4.5.6, I repeat: 1.2.3.4.5.6"), "en-US", 4000))
                .isEqualTo("<Response>" + PAUSE + say("It is 1, 2, 3, 4, 5, 6, I repeat: 1, 2, 3, 4, 5, 6")
                        + "</Response>");
    }

    @Test
    void what_is_too_long_twice_is_said_once() {
        assertThat(Twiml.inline(Speech.of("x".repeat(2500)), "en-US", 4000)).hasSizeBetween(2500, 2600);
    }

    @Test
    void a_text_stays_a_text() {
        assertThat(Twiml.inline(Speech.of("<Dial>&\"'\u0001\uFFFF version 1.25 or 10.2.3"), "en-US", 4000))
                .contains(say("&lt;Dial&gt;&amp;&quot;&apos; version 1.25 or 10.2.3"));
    }

    @Test
    void while_it_speaks_it_listens_for_a_key() {
        assertThat(Twiml.again(Speech.of("x"), "de-DE", "https://a/b?c&d"))
                .isEqualTo("<Response><Gather numDigits=\"1\" timeout=\"5\" action=\"https://a/b?c&amp;d\">" + PAUSE
                        + "<Say language=\"de-DE\">x</Say>" + PAUSE
                        + "<Say language=\"de-DE\">x</Say></Gather></Response>");
    }
}
