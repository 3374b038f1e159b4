package io.ringcode.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.delivery.TestClock;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox of mails, and the mail server's settings. */
class MailTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);
    private final TestClock clock = tenant.server().clock();
    private final TransactionTemplate transaction =
            new TransactionTemplate(tenant.server().bean(PlatformTransactionManager.class));

    private void queue(String subject) {
        var mail = new NewMail(
                tenant.id(),
                null,
                "test",
                "ann@example.org",
                subject,
                "Hello",
                clock.instant().plus(Duration.ofHours(2)));
        tenant.server().bean(Mails.class).queue(mail);
    }

    /** Sets a mail server up. */
    static void setUp(Admin admin, SmtpServer server) {
        var made = admin.post(
                "/emails/provider",
                Map.of(
                        "name",
                        "smtp",
                        "default_from_address",
                        "codes@example.com",
                        "credentials",
                        Map.of("smtp_host", SmtpServer.HOST, "smtp_port", server.port(), "smtp_security", "none")));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
    }

    private String state() {
        return tenant.server()
                .bean(JdbcClient.class)
                .sql(
                        "SELECT state || ' ' || attempts || ' ' || (content_sealed IS NOT NULL) FROM mail WHERE tenant_id = ?")
                .param(tenant.id().value())
                .query(String.class)
                .single();
    }

    @Test
    void a_mail_is_sent_once_what_it_tells_of_is_true_and_its_text_is_forgotten() throws Exception {
        try (var server = SmtpServer.plain()) {
            setUp(admin, server);
            transaction.executeWithoutResult(status -> {
                queue("Never");
                status.setRollbackOnly();
            });
            transaction.executeWithoutResult(_ -> queue("Hello"));
            Eventually.holds("sent", () -> state().equals("sent 1 false"));
            assertThat(server.mails()).hasSize(1);
            assertThat(server.mails().getFirst().getSubject()).isEqualTo("Hello");
        }
    }

    @Test
    void what_is_not_taken_goes_again_after_a_while_and_under_the_same_id() throws Exception {
        try (var server = SmtpServer.plain()) {
            setUp(admin, server);
            server.saying(command -> command.equals("the end of the mail") ? "451 later" : null);
            transaction.executeWithoutResult(_ -> queue("Hello"));
            Eventually.holds(
                    "tried",
                    () -> admin.get("/logs?q=type:fn").body().toString().contains("smtp_451"));
            assertThat(state()).isEqualTo("waiting 1 true");
            server.saying(_ -> null);
            Eventually.holds("due", () -> {
                clock.advance(Duration.ofSeconds(11));
                return state().startsWith("sent");
            });
            assertThat(server.mails()).hasSize(1);
        }
    }

    @Test
    void what_a_dead_server_left_is_taken_up_by_another() throws Exception {
        try (var server = SmtpServer.plain()) {
            transaction.executeWithoutResult(_ -> {
                queue("Hello");
                // As a server that died in the middle left it.
                tenant.server()
                        .bean(JdbcClient.class)
                        .sql("UPDATE mail SET attempts = 1, due_at = now() + interval '100 years' WHERE tenant_id = ?")
                        .param(tenant.id().value())
                        .update();
            });
            setUp(admin, server);
            assertThat(state()).isEqualTo("waiting 1 true");
            tenant.server()
                    .bean(JdbcClient.class)
                    .sql("UPDATE mail SET due_at = created_at + interval '90 seconds' WHERE tenant_id = ?")
                    .param(tenant.id().value())
                    .update();
            clock.advance(Duration.ofSeconds(91));
            Eventually.holds("sent", () -> state().equals("sent 2 false"));
            assertThat(server.mails()).hasSize(1);
        }
    }

    @Test
    void no_two_servers_take_up_the_same_mail() throws Exception {
        var table = tenant.server().bean(MailTable.class);
        // Long after everything else that waits, so that no sweep of the server's comes in between.
        var due = clock.instant().plus(Duration.ofDays(100_000));
        for (int i = 0; i < 4; i++)
            table.insert(
                    new NewMail(tenant.id(), null, "test", "a@example.org", "Hello", "Hello", due.plusSeconds(60)),
                    due);
        var taken = new ConcurrentLinkedQueue<UUID>();
        try (var servers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++)
                servers.execute(() -> table.claim(20, due, due.plusSeconds(60)).stream()
                        .filter(claimed -> claimed.mail().tenant().equals(tenant.id()))
                        .forEach(claimed -> taken.add(claimed.id())));
        }
        assertThat(taken).hasSize(4).doesNotHaveDuplicates();
        var again = table.claim(20, due.plusSeconds(61), due.plusSeconds(120)).stream()
                .filter(claimed -> claimed.mail().tenant().equals(tenant.id()))
                .toList();
        assertThat(again).as("given up by who took it").hasSize(4);
        var late = new MailTable.Claimed(again.getFirst().id(), again.getFirst().mail(), 1);
        assertThat(table.end(late, "sent"))
                .as("whoever was given up has no say")
                .isFalse();
        assertThat(table.end(again.getFirst(), "sent")).isTrue();
    }

    @Test
    void what_nobody_will_ever_take_has_failed_and_the_log_says_so() throws Exception {
        try (var server = SmtpServer.plain()) {
            setUp(admin, server);
            server.saying(command -> command.startsWith("RCPT") ? "550 no such mailbox ann@example.org" : null);
            transaction.executeWithoutResult(_ -> queue("Hello"));
            Eventually.holds("failed", () -> state().equals("failed 1 false"));
            var line = admin.get("/logs?q=type:fn").body().path(0).toString();
            assertThat(line).contains("smtp_550").doesNotContain("ann@example.org");
        }
    }

    @Test
    void without_a_mail_server_it_lies_in_the_mailbox_of_this_tenant() throws Exception {
        transaction.executeWithoutResult(_ -> queue("Look: <b>"));
        Eventually.holds("there", () -> tenant.text("/dev/mailbox").body().contains("Look: &lt;b"));
        assertThat(tenant.text("/dev/mailbox/messages").body()).contains("\"ann@example.org\"");
        var other = Ringcode.shared().tenant();
        assertThat(other.text("/dev/mailbox/messages").body()).isEqualTo("[]");
    }

    @Test
    void the_mail_server_is_made_read_changed_and_forgotten_in_auth0s_shape() {
        assertThat(admin.get("/emails/provider").status()).isEqualTo(404);
        var made = admin.post(
                "/emails/provider",
                "{'name':'smtp','enabled':true,'default_from_address':'codes@example.com','settings':{'headers':{}},"
                        + "'credentials':{'smtp_host':'smtp.example.com','smtp_port':587,'smtp_user':'me','smtp_pass':'the-password-of-mail'}}");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
        assertThat(made.body().path("credentials").path("smtp_user").asString()).isEqualTo("me");
        assertThat(made.body().toString())
                .doesNotContain("the-password-of-mail")
                .doesNotContain("seal");
        assertThat(admin.get("/emails/provider").body()).isEqualTo(made.body());
        assertThat(admin.get("/emails/provider?fields=name,enabled&include_fields=true")
                        .body()
                        .propertyNames())
                .containsExactly("name", "enabled");
        assertThat(admin.post(
                                "/emails/provider",
                                "{'name':'smtp','default_from_address':'a@b','credentials':{'smtp_host':'x'}}")
                        .status())
                .isEqualTo(409);
        var stored = tenant.server()
                .bean(JdbcClient.class)
                .sql("SELECT value::text FROM tenant_setting WHERE tenant_id = ? AND name = 'emails/provider'")
                .param(tenant.id().value())
                .query(String.class)
                .single();
        assertThat(stored).doesNotContain("the-password-of-mail");

        assertThat(admin.patch("/emails/provider", "{'enabled':false}")
                        .body()
                        .path("enabled")
                        .asBoolean())
                .isFalse();
        assertThat(admin.patch("/emails/provider", "{'credentials':{'smtp_host':'elsewhere.example'}}")
                        .text("message"))
                .as("the password is not shown to another server")
                .contains("smtp_pass");
        assertThat(admin.patch("/emails/provider", "{'credentials':{'smtp_security':'none','smtp_pass':'x'}}")
                        .text("message"))
                .contains("TLS");
        assertThat(admin.patch("/emails/provider", "{'credentials':{'smtp_host':'169.254.1.1','smtp_pass':'x'}}")
                        .text("message"))
                .contains("RINGCODE_REACHABLE");
        assertThat(admin.delete("/emails/provider").status()).isEqualTo(204);
        assertThat(admin.get("/emails/provider").status()).isEqualTo(404);
        assertThat(admin.patch("/emails/provider", "{'enabled':true}").status()).isEqualTo(404);
    }
}
