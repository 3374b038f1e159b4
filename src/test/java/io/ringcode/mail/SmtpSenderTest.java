package io.ringcode.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.LocalTls;
import io.ringcode.mail.MailServer.Security;
import io.ringcode.network.AddressPolicy;
import io.ringcode.network.Dialer;
import io.ringcode.network.GuardedSockets;
import io.ringcode.server.settings.Destination;
import io.ringcode.tenant.TenantId;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the mail client says to a mail server, and what it makes of the answers; over loopback alone. */
class SmtpSenderTest {
    @TempDir
    private static Path folder;

    private static SSLContext tls;

    @BeforeAll
    static void certificate() throws Exception {
        tls = LocalTls.made(folder);
    }

    private static SmtpSender trusting(SSLSocketFactory factory, SmtpServer... servers) {
        var reachable = java.util.Arrays.stream(servers)
                .flatMap(server -> java.util.stream.Stream.of("127.0.0.1", "127.0.0.2")
                        .map(address -> new Destination(InetAddress.ofLiteral(address), 32, server.port())))
                .toList();
        return new SmtpSender(new GuardedSockets(new Dialer(new AddressPolicy(reachable)), factory), Clock.systemUTC());
    }

    private static MailServer at(String host, SmtpServer server, @Nullable String password, Security security) {
        return new MailServer(
                "codes@example.com", host, server.port(), password == null ? null : "me", password, security);
    }

    private static MailTable.Claimed mail() {
        return mail("ann@example.org");
    }

    private static MailTable.Claimed mail(String to) {
        var mail = new NewMail(
                new TenantId("t"), null, "test", to, "Grüße\nBcc: x@example.org", ".Hello\nGrüße", Instant.now());
        return new MailTable.Claimed(UUID.fromString("01890000-0000-7000-8000-000000000001"), mail, 1);
    }

    @Test
    void a_mail_goes_by_tls_and_after_that_the_password() throws Exception {
        try (var server = SmtpServer.withTls(tls)) {
            var sender = trusting(tls.getSocketFactory(), server);
            var result = sender.send(at("localhost", server, "a-secret", Security.TLS), mail());
            assertThat(result).isEqualTo(new MailResult.Sent());
            assertThat(server.commands())
                    .containsSubsequence(
                            "STARTTLS", "AUTH PLAIN me|me|a-secret", "MAIL FROM:<codes@example.com>", "DATA");
            var mail = server.mails().getFirst();
            assertThat(mail.getSubject()).as("no line of its own").isEqualTo("Grüße Bcc: x@example.org");
            assertThat(mail.getHeader("Bcc")).isNull();
            assertThat(SmtpServer.text(mail).strip()).isEqualTo(".Hello\nGrüße");
            assertThat(mail.getMessageID()).isEqualTo("<01890000-0000-7000-8000-000000000001@example.com>");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        }
    }

    @Test
    void nothing_is_said_to_a_server_whose_certificate_is_another_ones() throws Exception {
        try (var server = SmtpServer.withTls(tls)) {
            var strict = trusting((SSLSocketFactory) SSLSocketFactory.getDefault(), server);
            assertThat(strict.send(at("localhost", server, "a-secret", Security.TLS), mail()))
                    .as("nobody vouches for it")
                    .isEqualTo(new MailResult.Deferred("tls"));
            var trusting = trusting(tls.getSocketFactory(), server);
            assertThat(trusting.send(at("127.0.0.1", server, "a-secret", Security.TLS), mail()))
                    .as("it is for another name")
                    .isEqualTo(new MailResult.Deferred("tls"));
            assertThat(server.commands()).noneMatch(said -> said.startsWith("AUTH") || said.startsWith("MAIL"));
        }
    }

    @Test
    void a_server_without_tls_gets_nothing_unless_that_was_chosen() {
        try (var server = SmtpServer.plain()) {
            var sender = trusting(tls.getSocketFactory(), server);
            assertThat(sender.send(at(SmtpServer.HOST, server, "a-secret", Security.TLS), mail()))
                    .isEqualTo(new MailResult.Deferred("tls"));
            assertThat(server.commands()).noneMatch(said -> said.startsWith("AUTH") || said.startsWith("MAIL"));
            assertThat(sender.send(at(SmtpServer.HOST, server, null, Security.NONE), mail()))
                    .isEqualTo(new MailResult.Sent());
        }
    }

    @Test
    void an_address_that_may_not_be_reached_is_not() {
        try (var server = SmtpServer.plain()) {
            var result =
                    trusting(tls.getSocketFactory()).send(at(SmtpServer.HOST, server, null, Security.NONE), mail());
            assertThat(result).isEqualTo(new MailResult.Deferred(Dialer.NOT_ALLOWED));
            assertThat(server.commands()).isEmpty();
        }
    }

    @Test
    void a_domain_goes_in_its_ascii_form_and_what_is_no_address_nowhere() {
        try (var server = SmtpServer.plain()) {
            var sender = trusting(tls.getSocketFactory(), server);
            var to = at(SmtpServer.HOST, server, null, Security.NONE);
            assertThat(sender.send(to, mail("ann@bücher.example"))).isEqualTo(new MailResult.Sent());
            assertThat(server.commands()).contains("RCPT TO:<ann@xn--bcher-kva.example>");
            for (var wrong : List.of("ann@example.org, bob@example.org", "ann", "@", "a b@example.org"))
                assertThat(sender.send(to, mail(wrong))).as(wrong).isEqualTo(new MailResult.Refused("address"));
            assertThat(server.mails()).hasSize(1);
        }
    }

    @Test
    void replies_say_whether_it_is_worth_trying_again() {
        try (var server = SmtpServer.plain()) {
            var sender = trusting(tls.getSocketFactory(), server);
            var to = at(SmtpServer.HOST, server, null, Security.NONE);
            record Case(String command, String reply, MailResult result) {}
            for (var each : List.of(
                    new Case("RCPT", "550 no such mailbox", new MailResult.Refused("smtp_550")),
                    new Case("RCPT", "451 later", new MailResult.Deferred("smtp_451")),
                    new Case("MAIL", "530 who are you", new MailResult.Deferred("authentication")),
                    new Case("the end", "552 too much", new MailResult.Refused("smtp_552")),
                    new Case("the end", "", new MailResult.Deferred("connection")))) {
                server.saying(command -> command.startsWith(each.command()) ? each.reply() : null);
                assertThat(sender.send(to, mail())).as(each.toString()).isEqualTo(each.result());
            }
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void a_wrong_password_is_put_right_by_somebody() {
        try (var server = SmtpServer.withTls(tls)) {
            server.saying(command -> command.startsWith("AUTH") ? "535 no" : null);
            var result = trusting(tls.getSocketFactory(), server)
                    .send(at("localhost", server, "wrong", Security.TLS), mail());
            assertThat(result).isEqualTo(new MailResult.Deferred("authentication"));
        }
    }
}
