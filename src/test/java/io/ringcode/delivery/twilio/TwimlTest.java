package io.ringcode.delivery.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwimlTest {
    private static String say(String text) {
        return "<Say language=\"en-US\">" + text + "</Say>";
    }

    private static final String PAUSE = "<Pause length=\"1\"/>";

    @Test
    void digits_are_spoken_one_by_one_and_all_of_it_twice() {
        var said = say("Your code is 1, 2, 3, 4, 5, 6.");
        assertThat(Twiml.of("Your code is 1.2.3.4.5.6.", "en-US", 4000))
                .isEqualTo("<Response>" + PAUSE + said + PAUSE + said + "</Response>");
    }

    @Test
    void a_mark_is_a_pause() {
        var said = say("Hello") + PAUSE + say("1, 2, 3, 4") + PAUSE;
        assertThat(Twiml.of("Hello\uE0001.2.3.4\uE000", "en-US", 4000))
                .isEqualTo("<Response>" + PAUSE + said + PAUSE + said + "</Response>");
    }

    @Test
    void a_template_that_repeats_the_code_is_said_once() {
        assertThat(Twiml.of("It is 1.2.3.4.5.6, I repeat: 1.2.3.4.5.6", "en-US", 4000))
                .isEqualTo("<Response>" + PAUSE + say("It is 1, 2, 3, 4, 5, 6, I repeat: 1, 2, 3, 4, 5, 6")
                        + "</Response>");
    }

    @Test
    void what_is_too_long_twice_is_said_once() {
        assertThat(Twiml.of("x".repeat(2500), "en-US", 4000)).hasSizeBetween(2500, 2600);
    }

    @Test
    void a_text_stays_a_text() {
        assertThat(Twiml.of("<Dial>&\"'\u0001\uFFFF version 1.25 or 10.2.3", "en-US", 4000))
                .contains(say("&lt;Dial&gt;&amp;&quot;&apos; version 1.25 or 10.2.3"));
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, en-US", "en-GB, en-GB", "en-NZ, en-US", "de, de-DE", "de-AT, de-DE", "es, es-ES", "es-AR, es-MX",
        "es-419, es-MX", "pt, pt-BR", "pt-PT, pt-PT", "no, nb-NO", "nn-NO, nb-NO", "zh, zh-CN", "zh-Hant, zh-TW",
        "zh-Hant-HK, zh-HK", "ar-EG, ar-XA", "ar-AE, ar-AE", "he, he-IL", "iw, he-IL", "in, id-ID", "tlh, en-US",
        "fr-BE, fr-FR", "fr-CA, fr-CA",
    })
    void a_locale_finds_its_voice(String locale, String language) {
        assertThat(TwilioLanguage.of(Locale.forLanguageTag(locale))).isEqualTo(language);
    }
}
