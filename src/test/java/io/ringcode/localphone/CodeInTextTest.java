package io.ringcode.localphone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeInTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "123456 is your Acme code.                     | 123456",
                "Your code is 0123456789.                      | 0123456789",
                "Code:123456                                   | 123456",
                "123456は Acme の認証コードです。                   | 123456",
                "123 456 is your code                          | 123456",
                "Your code: 123-456                            | 123456",
                "Code … 1.2.3.4.5.6. Once more 1.2.3.4.5.6.    | 123456",
                "Code 1.2.3.4.5.6. 1.2.3.4.5.6.                | 123456",
                "Code 1, 2, 3, 4, 5, 6. Again: 1, 2, 3, 4, 5, 6 | 123456",
                "Your code is 9 8 7 6 5 4 goodbye              | 987654",
                "Say 1 … 2 … 3 … 4 … 5 … 6                     | 123456",
                "Call +14155550123 or type 246810              | 246810",
                "In 2026 your code is 135791                   | 135791",
            })
    void finds_what_a_phone_would_offer(String text, String code) {
        assertThat(CodeInText.find(text)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hello",
                "12345 is too short",
                "12345678901 is too long",
                "+1415555",
                "On 2026-11-22 at 10:30",
                "ab123456cd",
                "Only 1.2.3.4.5 digits"
            })
    void finds_no_code_where_there_is_none(String text) {
        assertThat(CodeInText.find(text)).isEmpty();
    }
}
