package io.ringcode.delivery.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoicesTest {
    private static final Voices MANY = Voices.tags(
            "en-US", "en-GB", "en-AU", "de-DE", "fr-FR", "fr-CA", "es-ES", "es-MX", "pt-BR", "pt-PT", "nb-NO", "he-IL",
            "id-ID", "zh-CN", "zh-TW", "zh-HK", "ar-AE", "ar-XA");
    private static final Voices FEW = Voices.tags("en-US", "en-GB", "de-DE", "es-ES", "ar");

    private static final SpeechMarkup PLAIN = () -> "|";

    @ParameterizedTest
    @CsvSource({
        "en-US, en-US", "en-GB, en-GB", "en-NZ, en-US", "de, de-DE", "de-AT, de-DE", "es, es-ES", "es-AR, es-MX",
        "es-419, es-MX", "pt, pt-BR", "pt-PT, pt-PT", "no, nb-NO", "nn-NO, nb-NO", "zh, zh-CN", "zh-Hant, zh-TW",
        "zh-Hant-HK, zh-HK", "yue, zh-HK", "cmn-TW, zh-TW", "ar-EG, ar-XA", "ar-AE, ar-AE", "he, he-IL", "iw, he-IL",
        "in, id-ID", "fr-BE, fr-FR", "fr-CA, fr-CA",
    })
    void a_locale_finds_its_voice(String locale, String voice) {
        assertThat(MANY.nearest(Locale.forLanguageTag(locale))).contains(voice);
    }

    @ParameterizedTest
    @CsvSource({"es-AR, es-ES", "ar-EG, ar", "en-IE, en-US", "de-CH, de-DE"})
    void a_carrier_with_few_voices_gives_the_nearest(String locale, String voice) {
        assertThat(FEW.nearest(Locale.forLanguageTag(locale))).contains(voice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "tlh", "zh-Hant", ""})
    void a_language_that_it_does_not_speak_is_said_in_english(String locale) {
        var chosen = FEW.choose("こんにちは。コードは\uE0001.2.3.4です", Locale.forLanguageTag(locale));
        assertThat(chosen.voice()).isEqualTo("en-US");
        assertThat(chosen.speech().once(PLAIN)).isEqualTo("Your code is 1, 2, 3, 4.");
    }

    @Test
    void without_a_code_the_words_stay() {
        assertThat(FEW.choose("こんにちは", Locale.JAPAN).speech().once(PLAIN)).isEqualTo("こんにちは");
    }

    @Test
    void how_to_hear_it_again_is_said_in_the_voices_language() {
        assertThat(FEW.chooseWithHint("Code 1.2", Locale.GERMANY).speech().once(PLAIN))
                .isEqualTo("Code 1, 2|Um den Code noch einmal zu hören, drücken Sie die Eins.");
        assertThat(FEW.chooseWithHint("コード 1.2", Locale.JAPAN).speech().once(PLAIN))
                .isEqualTo("Your code is 1, 2.|To hear the code again, press 1.");
        assertThat(MANY.chooseWithHint("Kode 1.2", Locale.forLanguageTag("id"))
                        .speech()
                        .once(PLAIN))
                .isEqualTo("Kode 1, 2");
    }

    @Test
    void all_is_said_twice_unless_it_repeats_itself_or_is_too_long() {
        assertThat(Speech.of("Code 1.2").twice(PLAIN, 100)).isEqualTo("Code 1, 2|Code 1, 2");
        assertThat(Speech.of("Code 1.2, I repeat: 1.2").twice(PLAIN, 100)).isEqualTo("Code 1, 2, I repeat: 1, 2");
        assertThat(Speech.of("Code 1.2").twice(PLAIN, 18)).isEqualTo("Code 1, 2");
    }

    @Test
    void markup_in_a_text_stays_text() {
        assertThat(Ssml.document(Speech.of("<a> & \"b\" 1.2").once(new Ssml())))
                .isEqualTo("<speak><break time=\"1s\"/>&lt;a&gt; &amp; &quot;b&quot; <prosody rate=\"slow\">1,"
                        + " 2</prosody></speak>");
    }
}
