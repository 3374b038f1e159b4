package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser.Place;
import io.ringcode.management.Admin;
import org.junit.jupiter.api.Test;

/** The mail server and the notices, as an administrator sets them on a page. */
class MailPagesTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    private Place save(String host, String password) {
        return console.post(
                "/console/mail/server",
                "enabled",
                "true",
                "default_from_address",
                "codes@example.com",
                "credentials.smtp_host",
                host,
                "credentials.smtp_port",
                "465",
                "credentials.smtp_user",
                "me",
                "credentials.smtp_pass",
                password,
                "credentials.smtp_security",
                "tls");
    }

    @Test
    void a_mail_server_is_set_up_changed_and_removed() {
        assertThat(save("not a host", "a-secret").html()).contains("smtp_host", "value=\"not a host\"");
        assertThat(save("smtp.example.com", "a-secret").html())
                .contains("Saved.", "value=\"smtp.example.com\"", "value=\"465\"")
                .doesNotContain("a-secret");
        assertThat(save("smtp.example.com", "").html()).contains("Saved.");
        assertThat(save("elsewhere.example.com", "").html()).contains("password has to be given again");
        assertThat(api.get("/emails/provider")
                        .body()
                        .path("credentials")
                        .path("smtp_host")
                        .asString())
                .isEqualTo("smtp.example.com");
        assertThat(console.post("/console/mail/server/remove").html()).contains("Remove the mail server?");
        assertThat(api.get("/emails/provider").status()).isEqualTo(200);
        console.post("/console/mail/server/remove", "sure", "yes");
        assertThat(api.get("/emails/provider").status()).isEqualTo(404);
    }

    @Test
    void what_is_not_ticked_is_not_told() {
        console.post("/console/mail/notices", "on", "password-changed", "on", "factor-bound");
        assertThat(api.get("/guardian/notices").body().path("off").toString())
                .contains("factor-removed")
                .doesNotContain("password-changed")
                .doesNotContain("factor-bound");
        assertThat(console.open("/console/mail").html()).containsPattern("value=\"password-changed\" checked");
    }

    @Test
    void a_webhook_is_set_its_secret_is_shown_once_and_it_is_removed_after_a_second_look() {
        assertThat(console.post("/console/mail/webhook", "endpoint", "http://10.1.2.3/")
                        .html())
                .contains("Not allowed to connect to it", "value=\"http://10.1.2.3/\"");
        var set = console.post("/console/mail/webhook", "endpoint", "https://notices.example.com/");
        assertThat(set.html()).contains("whsec_", "shown this once");
        assertThat(console.open("/console/mail").html())
                .contains("https://notices.example.com/")
                .doesNotContain("whsec_");
        console.post("/console/mail/webhook/remove", "sure", "yes");
        assertThat(api.get("/guardian/notices/webhook").status()).isEqualTo(404);
    }
}
