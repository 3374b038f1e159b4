package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** One common password, tried on many names. */
class PasswordSprayTest {
    private final TestTenant tenant = Ringcode.shared().tenant();

    @Test
    void one_address_tries_a_password_on_a_hundred_names_and_no_more() {
        var judged = 0;
        for (int name = 0; name < 120; name++)
            if (password("person-" + name + "@spray.example", "Summer2026!", "198.51.100.7")
                            .status()
                    == 403) judged++;
        assertThat(judged).isEqualTo(100);

        var refused = password("one-more@spray.example", "Summer2026!", "198.51.100.7");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfter()).isPositive();
        assertThat(password("one-more@spray.example", "Summer2026!", "198.51.100.8")
                        .status())
                .as("another address")
                .isEqualTo(403);
    }

    @Test
    void right_passwords_from_one_office_do_not_count() {
        var person = tenant.person();
        for (int login = 0; login < 110; login++)
            assertThat(password(person.email(), person.password(), "198.51.100.9")
                            .text("error"))
                    .isEqualTo("mfa_required");
    }

    private Answer password(String name, String password, String address) {
        var form = "grant_type=password&client_id=" + tenant.clientId() + "&client_secret=" + tenant.clientSecret()
                + "&username=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        return tenant.send(tenant.request("/oauth/token", null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("auth0-forwarded-for", address)
                .POST(BodyPublishers.ofString(form)));
    }
}
