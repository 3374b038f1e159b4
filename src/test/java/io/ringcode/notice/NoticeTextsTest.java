package io.ringcode.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.tenant.TenantProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoticeTextsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

    /** Whose notices are written in letters of GSM-7 alone, so that a segment holds more than twice as many. */
    private static final Set<String> IN_GSM = Set.of("da", "de", "en", "fr", "it", "nl", "sv");

    private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    static Stream<String> languages() {
        return TenantProfile.ALL_LOCALES.stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_language_says_everything_with_the_same_values(String language) {
        var english = NoticeTexts.file("en");
        var texts = NoticeTexts.file(language);
        assertThat(texts.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        if (!language.equals("en")) assertThat(texts).isNotEqualTo(english);
        for (var key : texts.stringPropertyNames())
            assertThat(values(texts.getProperty(key))).as(key).isEqualTo(values(english.getProperty(key)));
    }

    private static List<String> values(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    @Test
    void each_kind_has_a_sentence_that_fits_into_a_message() {
        for (var language : TenantProfile.ALL_LOCALES)
            for (var key : Stream.concat(Arrays.stream(NoticeKind.values()).map(NoticeKind::wire), Stream.of("not-you"))
                    .toList()) {
                var text = NoticeTexts.of(Locale.forLanguageTag(language), key);
                assertThat(text.length()).as(language + " " + key).isBetween(3, 100);
                if (IN_GSM.contains(language))
                    assertThat(text.chars().allMatch(letter -> GSM.indexOf(letter) >= 0))
                            .as(language + ": " + text)
                            .isTrue();
            }
    }
}
