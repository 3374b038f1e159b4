package io.ringcode.login.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.tenant.TenantProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageTextsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\{[^}]*}");

    static Stream<Locale> languages() {
        return TenantProfile.ALL_LOCALES.stream().map(Locale::forLanguageTag);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_language_says_everything_with_the_same_values(Locale language) {
        var english = PageTexts.file(Locale.ENGLISH);
        var texts = PageTexts.file(language);
        assertThat(texts.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (var key : texts.stringPropertyNames()) {
            assertThat(texts.getProperty(key)).as(key).isNotBlank();
            assertThat(placeholders(texts.getProperty(key)))
                    .as(key)
                    .containsExactlyInAnyOrderElementsOf(placeholders(english.getProperty(key)));
            assertThat(texts.getProperty(key).split("\\|").length)
                    .as(key + ": a form for each kind of number")
                    .isEqualTo(english.getProperty(key).contains("|") ? forms(language) : 1);
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void no_language_is_english_by_another_name(Locale language) {
        if (language.equals(Locale.ENGLISH)) return;
        assertThat(PageTexts.file(language)).isNotEqualTo(PageTexts.file(Locale.ENGLISH));
    }

    /** By CLDR, of whole numbers from one on. */
    private static int forms(Locale language) {
        return switch (language.getLanguage()) {
            case "ja" -> 1;
            case "he", "pl", "uk" -> 3;
            case "ar" -> 5;
            default -> 2;
        };
    }

    /** Of the form for many, as one and two are words of their own in some languages. */
    private static List<String> placeholders(String text) {
        var found = new ArrayList<String>();
        var matcher = PLACEHOLDER.matcher(text.substring(text.lastIndexOf('|') + 1));
        while (matcher.find()) found.add(matcher.group());
        return found;
    }
}
