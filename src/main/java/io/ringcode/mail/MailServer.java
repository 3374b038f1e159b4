package io.ringcode.mail;

import org.jspecify.annotations.Nullable;

/**
 * A tenant's mail server (SMTP), as mails are sent through it.
 *
 * @param from the address that mails come from
 * @param password null where none is asked for, as is {@code username}
 */
public record MailServer(
        String from,
        String host,
        int port,
        @Nullable String username,
        @Nullable String password,
        Security security) {
    /** Where TLS begins with the connection (RFC 8314 section 3.3); elsewhere it begins by STARTTLS. */
    public static final int TLS_PORT = 465;

    /** How the way to the server is protected. */
    public enum Security {
        /** TLS with a certificate for the server's name, or no mail. */
        TLS,
        /** Nothing: for a relay on a network of one's own, without a password. */
        NONE
    }

    @Override
    public String toString() {
        return "MailServer[" + host + ":" + port + "]";
    }
}
