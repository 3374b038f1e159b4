package io.ringcode.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server of a test (RFC 5321), on a loopback address of its own: takes mails, and refuses what it is told to. */
public final class SmtpServer implements AutoCloseable {
    /** Where it listens: the shared server may reach it. */
    public static final String HOST = "127.0.0.2";

    private final ServerSocket socket;
    private final @Nullable SSLContext tls;
    private final List<MimeMessage> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicReference<Replies> replies = new AtomicReference<>(command -> null);

    /** What it says to a command in place of what it would say; null for the usual. An empty reply hangs up. */
    public interface Replies {
        @Nullable
        String to(String command);
    }

    private SmtpServer(String host, @Nullable SSLContext tls) {
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.ofLiteral(host));
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
        this.tls = tls;
        Thread.ofVirtual().start(this::listen);
    }

    public static SmtpServer plain() {
        return new SmtpServer(HOST, null);
    }

    /** With STARTTLS. */
    static SmtpServer withTls(SSLContext tls) {
        return new SmtpServer("127.0.0.1", tls);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public void saying(Replies other) {
        replies.set(other);
    }

    public List<MimeMessage> mails() {
        return mails;
    }

    /** What it was told, without the mails' text; credentials in clear. */
    public List<String> commands() {
        return commands;
    }

    public static String text(MimeMessage mail) {
        try {
            return mail.getContent().toString().replace("\r\n", "\n");
        } catch (IOException | MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void listen() {
        try {
            while (true) {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket client) {
        try (client) {
            say(client, "220 test ESMTP");
            talk(client, false);
        } catch (IOException | MessagingException gone) {
            // so is the client
        }
    }

    private void talk(Socket client, boolean secure) throws IOException, MessagingException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line.startsWith("AUTH PLAIN ") ? "AUTH PLAIN " + decoded(line.substring(11)) : line);
            var verb = line.split(" ", 2)[0].toUpperCase(java.util.Locale.ROOT);
            var other = replies.get().to(line);
            if (other != null && other.isEmpty()) return;
            if (other != null) {
                say(client, other);
                continue;
            }
            switch (verb) {
                case "EHLO" -> {
                    say(client, "250-test");
                    if (tls != null && !secure) say(client, "250-STARTTLS");
                    say(client, "250 AUTH PLAIN LOGIN");
                }
                case "STARTTLS" -> {
                    say(client, "220 go on");
                    var context = java.util.Objects.requireNonNull(tls);
                    var over = (SSLSocket) context.getSocketFactory().createSocket(client, null, false);
                    over.setUseClientMode(false);
                    over.startHandshake();
                    talk(over, true);
                    return;
                }
                case "AUTH" -> say(client, "235 welcome");
                case "DATA" -> {
                    say(client, "354 go on");
                    var mail = new StringBuilder();
                    for (String part = in.readLine(); part != null && !part.equals("."); part = in.readLine())
                        mail.append(part.startsWith(".") ? part.substring(1) : part)
                                .append("\r\n");
                    var end = replies.get().to("the end of the mail");
                    if (end != null && end.isEmpty()) return;
                    if (end == null)
                        mails.add(new MimeMessage(
                                Session.getInstance(new Properties()),
                                new ByteArrayInputStream(mail.toString().getBytes(ISO_8859_1))));
                    say(client, end == null ? "250 taken" : end);
                }
                case "QUIT" -> {
                    say(client, "221 bye");
                    return;
                }
                default -> say(client, "250 ok");
            }
        }
    }

    private static String decoded(String credentials) {
        return new String(Base64.getDecoder().decode(credentials), UTF_8).replace('\0', '|');
    }

    private static void say(Socket client, String reply) throws IOException {
        client.getOutputStream().write((reply + "\r\n").getBytes(ISO_8859_1));
        client.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException closed) {
            // all the same
        }
    }
}
