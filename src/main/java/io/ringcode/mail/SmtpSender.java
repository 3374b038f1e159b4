package io.ringcode.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.mail.MailServer.Security;
import io.ringcode.mail.MailTable.Claimed;
import io.ringcode.network.Dialer;
import io.ringcode.network.GuardedSockets;
import io.ringcode.network.GuardedSockets.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.IDN;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** An SMTP client (RFC 5321) over connections that are made only to addresses which may be reached. */
@Component
class SmtpSender {
    /** For one mail as a whole. */
    static final Duration TOTAL = Duration.ofSeconds(30);

    /** The library's code for a server that said nothing more. */
    private static final int HUNG_UP = -1;

    private static final Logger log = LoggerFactory.getLogger(SmtpSender.class);

    private final GuardedSockets sockets;
    private final Clock clock;

    SmtpSender(GuardedSockets sockets, Clock clock) {
        this.sockets = sockets;
        this.clock = clock;
    }

    MailResult send(MailServer server, Claimed claimed) {
        var implicit = server.security() == Security.TLS && server.port() == MailServer.TLS_PORT;
        try {
            return sockets.connected(
                    new Address(server.host(), server.port(), implicit),
                    TOTAL,
                    socket -> over(socket, server, claimed));
        } catch (Dialer.Refused refused) {
            return new MailResult.Deferred(refused.code());
        } catch (SSLException untrusted) {
            return new MailResult.Deferred("tls");
        } catch (IOException broken) {
            return new MailResult.Deferred("connection");
        }
    }

    private MailResult over(Socket socket, MailServer server, Claimed claimed) throws IOException {
        var session = session(server);
        try (var transport = (SMTPTransport) session.getTransport("smtp")) {
            var message = message(session, server, claimed);
            transport.connect(socket);
            transport.sendMessage(message, message.getAllRecipients());
            return new MailResult.Sent();
        } catch (AddressException unreadable) {
            return new MailResult.Refused("address");
        } catch (AuthenticationFailedException refused) {
            return new MailResult.Deferred("authentication");
        } catch (MessagingException failure) {
            return result(failure);
        } catch (RuntimeException bug) {
            // Its message could quote the mail, so only its place is logged.
            log.error("Sending a mail failed: {} at {}", bug.getClass().getName(), bug.getStackTrace());
            return new MailResult.Deferred("error");
        }
    }

    private Session session(MailServer server) {
        var properties = new Properties();
        var secure = server.security() == Security.TLS;
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", Integer.toString(server.port()));
        // What this server calls itself: its own name may be none that others know.
        properties.put(
                "mail.smtp.localhost", server.from().substring(server.from().indexOf('@') + 1));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(secure));
        properties.put("mail.smtp.starttls.required", Boolean.toString(secure));
        properties.put("mail.smtp.ssl.socketFactory", new StartTls(sockets, server));
        properties.put("mail.smtp.ssl.checkserveridentity", "false"); // StartTls has done it
        properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.put("mail.smtp.timeout", Long.toString(TOTAL.toMillis()));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.mime.allowutf8", "true");
        var username = server.username();
        var password = server.password();
        if (username == null || password == null) return Session.getInstance(properties);
        properties.put("mail.smtp.auth", "true");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(username, password);
            }
        });
    }

    private MimeMessage message(Session session, MailServer server, Claimed claimed) throws MessagingException {
        var mail = claimed.mail();
        var message = new Identified(
                session, claimed.id() + server.from().substring(server.from().indexOf('@')));
        message.setFrom(address(server.from()));
        message.setRecipient(RecipientType.TO, address(mail.to()));
        message.setSubject(mail.subject().replaceAll("\\s+", " "), UTF_8.name());
        message.setText(mail.text(), UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // So that nobody's notice of absence answers (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        return message;
    }

    /** Every server takes the ASCII form of a domain, and only some take letters beyond ASCII before the @ (RFC 6531). */
    private static InternetAddress address(String typed) throws AddressException {
        int at = typed.lastIndexOf('@');
        try {
            return new InternetAddress(typed.substring(0, at + 1) + IDN.toASCII(typed.substring(at + 1)), true);
        } catch (IllegalArgumentException noDomain) {
            throw new AddressException("No domain");
        }
    }

    /** A message that keeps its Message-ID over all attempts, so that receivers can tell a second copy. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }

    /** Replies of 500 and more are for good (RFC 5321 section 4.2.1); one about this server's own standing is put right by somebody. */
    private static MailResult result(MessagingException failure) throws IOException {
        for (Exception each = failure; each != null; each = next(each)) {
            if (each instanceof IOException broken) throw broken;
            int code = code(each);
            if (code == HUNG_UP) return new MailResult.Deferred("connection");
            if (code == 530 || code == 535) return new MailResult.Deferred("authentication");
            if (code >= 500) return new MailResult.Refused("smtp_" + code);
            if (code >= 400) return new MailResult.Deferred("smtp_" + code);
        }
        // The library has no type for a server that does not offer what is required of it.
        var said = String.valueOf(failure.getMessage());
        return new MailResult.Deferred(said.startsWith("STARTTLS") ? "tls" : "smtp");
    }

    private static int code(Exception failure) {
        return switch (failure) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> 0;
        };
    }

    private static @org.jspecify.annotations.Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException mail ? mail.getNextException() : null;
    }
}
