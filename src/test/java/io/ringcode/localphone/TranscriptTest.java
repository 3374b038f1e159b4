package io.ringcode.localphone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {
    @Test
    void what_is_said_is_heard_and_a_pause_is_an_ellipsis() throws Exception {
        assertThat(Transcript.of("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response><Pause length="1"/><Say language="en-US">Your code for A&amp;B is</Say>
                <Pause/><Say>1, 2, 3,
                4, 5, 6</Say><Hangup/></Response>
                """.strip())).isEqualTo("Your code for A&B is … 1, 2, 3, 4, 5, 6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not xml",
                "<Response><Say>open</Response>",
                "<Other/>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Response><Say>&e;</Say></Response>"
            })
    void what_twilio_could_not_read_is_refused(String twiml) {
        assertThatThrownBy(() -> Transcript.of(twiml)).isInstanceOf(Transcript.NotTwiml.class);
    }
}
