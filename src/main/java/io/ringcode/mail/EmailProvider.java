package io.ringcode.mail;

import io.ringcode.tenant.TenantSettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The stored settings of a tenant's mail server: the tenant setting {@link #SETTING}.
 *
 * @param host null where none is set up, and then everything else is
 * @param passwordSealed null where none is set
 * @param settings what else was said of it, kept as it was said; null for nothing
 */
public record EmailProvider(
        boolean enabled,
        @Nullable String defaultFromAddress,
        @Nullable String host,
        int port,
        @Nullable String username,
        @Nullable String passwordSealed,
        MailServer.Security security,
        @Nullable JsonNode settings) {
    public static final String SETTING = "emails/provider";
    public static final EmailProvider NONE =
            new EmailProvider(false, null, null, 0, null, null, MailServer.Security.TLS, null);

    public EmailProvider {
        // Read back from JSON, nothing is a node too.
        if (settings != null && settings.isNull()) settings = null;
    }

    public static EmailProvider of(TenantSettings settings) {
        return settings.get(SETTING, EmailProvider.class, NONE);
    }

    public boolean isSetUp() {
        return host != null;
    }

    @Override
    public String toString() {
        return "EmailProvider[" + host + ":" + port + "]";
    }
}
