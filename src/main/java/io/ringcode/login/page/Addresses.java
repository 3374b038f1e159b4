package io.ringcode.login.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.user.EmailAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** Addresses of the web, such as pictures that a tenant has elsewhere. */
public final class Addresses {
    private Addresses() {}

    /** @return the address, if it is one of the web's; null for none */
    static @Nullable String of(@Nullable String text) {
        return origin(text) == null ? null : text;
    }

    /** Where people get help: a page, else a mailbox. */
    public static @Nullable String support(@Nullable String page, @Nullable String mailbox) {
        var address = of(page);
        if (address != null) return address;
        return mailbox != null && EmailAddress.is(mailbox)
                ? "mailto:" + URLEncoder.encode(mailbox, UTF_8).replace("%40", "@")
                : null;
    }

    /** @return scheme, host and port; null where it is no address of the web */
    public static @Nullable String origin(@Nullable String text) {
        if (text == null) return null;
        try {
            var address = new URI(text);
            var scheme = address.getScheme();
            if (address.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) return null;
            return scheme + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
        } catch (URISyntaxException unreadable) {
            return null;
        }
    }
}
