package io.ringcode.login.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralFormsTest {
    @ParameterizedTest
    @CsvSource({
        "en, 1, a|b, a",
        "en, 2, a|b, b",
        "en, 21, a|b, b",
        "fr, 1, a|b, a",
        "de, 30, a|b, b",
        "ja, 7, a, a",
        "he, 1, a|b|c, a",
        "he, 2, a|b|c, b",
        "he, 30, a|b|c, c",
        "pl, 1, a|b|c, a",
        "pl, 3, a|b|c, b",
        "pl, 13, a|b|c, c",
        "pl, 21, a|b|c, c",
        "pl, 22, a|b|c, b",
        "pl, 112, a|b|c, c",
        "uk, 1, a|b|c, a",
        "uk, 11, a|b|c, c",
        "uk, 21, a|b|c, a",
        "uk, 24, a|b|c, b",
        "uk, 30, a|b|c, c",
        "ar, 1, a|b|c|d|e, a",
        "ar, 2, a|b|c|d|e, b",
        "ar, 3, a|b|c|d|e, c",
        "ar, 11, a|b|c|d|e, d",
        "ar, 30, a|b|c|d|e, d",
        "ar, 100, a|b|c|d|e, e",
        "ar, 103, a|b|c|d|e, c",
        "tr, 5, no bars, no bars"
    })
    void each_number_has_its_form(String language, int number, String forms, String form) {
        assertThat(PluralForms.choose(Locale.of(language), number, forms)).isEqualTo(form);
    }
}
