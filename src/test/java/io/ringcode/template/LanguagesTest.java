package io.ringcode.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {
    @Test
    void what_the_application_asks_for_goes_before_what_the_browser_accepts() {
        assertThat(choose("fr", "de")).isEqualTo("fr");
        assertThat(choose(null, "de")).isEqualTo("de");
        assertThat(choose("xx", "de")).isEqualTo("de");
    }

    @Test
    void the_first_enabled_language_is_the_default() {
        assertThat(choose(null, null)).isEqualTo("en");
        assertThat(choose("sv", "da, ja;q=0.5")).isEqualTo("en");
    }

    @Test
    void preference_follows_the_weights() {
        assertThat(choose(null, "de;q=0.3, fr;q=0.8, en;q=0.1")).isEqualTo("fr");
        assertThat(choose(null, "fr;q=0, de;q=0.1")).isEqualTo("de");
    }

    @Test
    void a_language_finds_its_region_and_a_region_its_language() {
        assertThat(choose("fr-CA", null)).isEqualTo("fr");
        assertThat(choose("es", null)).isEqualTo("es-419");
        assertThat(choose("es-AR", null)).isEqualTo("es-419");
    }

    @Test
    void an_old_tag_means_the_same_language() {
        assertThat(choose("iw", null)).isEqualTo("he");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "*", "N/A", "en;q=x", ",,,", "🙂", "de-", "12345678901"})
    void what_nobody_can_read_means_the_default(String header) {
        assertThat(choose(header, header)).isEqualTo("en");
    }

    @Test
    void of_a_header_of_unusual_length_the_beginning_is_read() {
        assertThat(choose("de," + "fr,".repeat(200) + "fr", null)).isEqualTo("de");
        assertThat(choose("d".repeat(300) + ",de", null)).isEqualTo("en");
    }

    private static String choose(@Nullable String request, @Nullable String accept) {
        List<Locale> enabled = Stream.of("en", "de", "fr", "es-419", "he")
                .map(Locale::forLanguageTag)
                .toList();
        return Languages.choose(enabled, request, accept).toLanguageTag();
    }
}
