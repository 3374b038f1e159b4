package io.ringcode.authorization;

import io.ringcode.client.ClientId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in has come to: who, for which application, for what, and how it was proved.
 *
 * @param audience the API asked for, as {@link io.ringcode.client.Apis} knows it; null for none
 * @param amr how the user was authenticated (RFC 8176)
 * @param authTime when that was finished
 * @param key the thumbprint of the key that the tokens are bound to (RFC 9449); null for bearer tokens
 */
public record Session(
        TenantId tenant,
        UserId user,
        ClientId client,
        @Nullable String audience,
        Set<String> scopes,
        List<String> amr,
        Instant authTime,
        @Nullable String key) {
    public static final String MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

    /** In {@code amr}: a remembered browser stood for the second factor; "risk-based" is the nearest in RFC 8176. */
    public static final String REMEMBERED = "rba";

    public boolean multiFactor() {
        return amr.contains("mfa");
    }

    /** Whether the second factor was proved, or was not asked because the browser had proved it before. */
    public boolean pastSecondFactor() {
        return multiFactor() || amr.contains(REMEMBERED);
    }

    /** The context class that this session reached; null for a password alone. */
    public @Nullable String acr() {
        return multiFactor() ? MULTI_FACTOR : null;
    }
}
