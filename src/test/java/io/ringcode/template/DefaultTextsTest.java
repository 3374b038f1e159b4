package io.ringcode.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.phone.Channel;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefaultTextsTest {
    private static final String LONG_NAME = "Acme International Customer Ltd".substring(0, 30);

    /** Languages whose letters are all in GSM-7, so that a segment holds 160 of them; the others get 70. */
    private static final Set<String> IN_GSM = Set.of("da", "de", "en", "fr", "it", "nl", "pl", "sv", "tr");

    /** The default alphabet of 3GPP TS 23.038, section 6.2.1, without its extension table. */
    private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private final DefaultTexts texts = new DefaultTexts();

    static Stream<String> languages() {
        return DefaultTexts.LANGUAGES.stream();
    }

    @Test
    void every_language_has_every_text() {
        var wanted = DefaultTexts.read("en").stringPropertyNames();
        assertThat(wanted).hasSize(Purpose.values().length * Channel.values().length);
        for (var language : DefaultTexts.LANGUAGES) {
            var texts = DefaultTexts.read(language);
            assertThat(texts.stringPropertyNames()).as(language).isEqualTo(wanted);
            for (var name : wanted)
                assertThat(texts.getProperty(name)).as("%s %s", language, name).isNotBlank();
        }
    }

    @Test
    void every_language_has_words_of_its_own() {
        for (var purpose : Purpose.values())
            for (var channel : Channel.values()) {
                var distinct = new HashSet<String>();
                for (var language : DefaultTexts.LANGUAGES)
                    distinct.add(texts.render(purpose, channel, Locale.of(language), "123456", "Acme"));
                assertThat(distinct).as("%s %s", purpose, channel).hasSameSizeAs(DefaultTexts.LANGUAGES);
            }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_text_message_begins_with_the_code_names_the_tenant_and_fits_one_segment(String language) {
        for (var purpose : Purpose.values()) {
            var text = texts.render(purpose, Channel.SMS, Locale.of(language), "123456", LONG_NAME);
            var outside = new TreeSet<String>();
            text.codePoints().filter(c -> GSM.indexOf(c) < 0).forEach(c -> outside.add(Character.toString(c)));

            assertThat(text).startsWith("123456").contains(LONG_NAME).doesNotContain("{", "}", Templates.PAUSE);
            if (IN_GSM.contains(language)) assertThat(outside).as(text).isEmpty();
            assertThat(text.length()).as(text).isLessThanOrEqualTo(outside.isEmpty() ? 160 : 70);
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_call_says_the_code_twice_after_a_pause(String language) {
        for (var purpose : Purpose.values()) {
            var text = texts.render(purpose, Channel.VOICE, Locale.of(language), "1.2.3.4.5.6", "Acme");
            assertThat(text.split(Templates.PAUSE + "1\\.2\\.3\\.4\\.5\\.6", -1))
                    .as(text)
                    .hasSize(3);
            assertThat(text).contains("Acme").doesNotContain("{", "}");
        }
    }

    @Test
    void a_region_or_an_unknown_language_finds_the_nearest_text() {
        assertThat(sms(Locale.forLanguageTag("fr-CA"))).isEqualTo(sms(Locale.FRENCH));
        assertThat(sms(Locale.forLanguageTag("zgh"))).isEqualTo(sms(Locale.ENGLISH));
        assertThat(sms(Locale.forLanguageTag("iw"))).isEqualTo(sms(Locale.forLanguageTag("he")));
    }

    @Test
    void braces_in_a_tenants_name_stay_what_they_are() {
        assertThat(texts.render(Purpose.VERIFICATION, Channel.SMS, Locale.ENGLISH, "123456", "{code}"))
                .isEqualTo("123456 is your {code} verification code.");
    }

    @Test
    void the_template_to_start_from_says_what_the_english_default_says() {
        for (var purpose : Purpose.values()) {
            var words = DefaultTexts.read("en").getProperty(DefaultTexts.name(purpose, Channel.SMS));
            assertThat(List.of(MessageTemplates.DEFAULT.of(purpose)))
                    .containsExactly(
                            words.replace("{code}", "{{code}}").replace("{tenant}", "{{tenant.friendly_name}}"));
        }
    }

    private String sms(Locale locale) {
        return texts.render(Purpose.VERIFICATION, Channel.SMS, locale, "123456", "Acme");
    }
}
