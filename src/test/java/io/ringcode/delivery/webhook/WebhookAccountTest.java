package io.ringcode.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.delivery.account.AccountForm.Problem;
import io.ringcode.delivery.account.AccountValues;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAccountTest {
    private static final String URL = "https://example.com/codes?from=ringcode";

    private static List<String> wrong(String url, String secret) {
        return WebhookAccount.FORM.problems(new AccountValues(Map.of("url", url, "secret", secret))).stream()
                .map(Problem::field)
                .toList();
    }

    private static String secret(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 25, 32, 64})
    void a_secret_of_every_length_that_the_specification_allows_is_taken(int bytes) {
        assertThat(wrong(URL, secret(bytes))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void a_shorter_or_longer_one_is_not(int bytes) {
        assertThat(wrong(URL, secret(bytes))).containsExactly("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com",
                "https://10.0.0.7:8443/a/b",
                "https://[::1]/",
                "https://localhost?x=%20"
            })
    void an_address_that_can_be_called_is_taken(String url) {
        assertThat(wrong(url, secret(32))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https:///path",
                "https://:::",
                "https://a..b/",
                "https://user:word@example.com/",
                "https://example.com:99999/",
                "https://example.com/{x}",
                "https://example.com/%zz",
                "https://example.com/#there"
            })
    void one_that_cannot_be_called_is_refused_when_saved(String url) {
        assertThat(wrong(url, secret(32))).containsExactly("url");
    }
}
