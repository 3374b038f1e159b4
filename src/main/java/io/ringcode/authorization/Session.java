package io.ringcode.authorization;

import io.ringcode.action.TokenClaims;
import io.ringcode.client.ClientId;
import io.ringcode.factor.Amr;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in has come to: who, for which application, for what, and how it was proved.
 *
 * @param audience the API asked for, as {@link io.ringcode.client.Apis} knows it; null for none
 * @param stamp the user's security stamp, under which it was proved
 * @param amr how the user was authenticated
 * @param authTime when that was finished
 * @param claims that the tenant's actions have added
 * @param key the thumbprint of the key that the tokens are bound to (RFC 9449); null for bearer tokens
 */
public record Session(
        TenantId tenant,
        UserId user,
        long stamp,
        ClientId client,
        @Nullable String audience,
        Set<String> scopes,
        Amr amr,
        Instant authTime,
        @Nullable String key,
        TokenClaims claims) {
    /** Of a sign-in that no action has added claims to. */
    public Session(
            TenantId tenant,
            UserId user,
            long stamp,
            ClientId client,
            @Nullable String audience,
            Set<String> scopes,
            Amr amr,
            Instant authTime,
            @Nullable String key) {
        this(tenant, user, stamp, client, audience, scopes, amr, authTime, key, TokenClaims.NONE);
    }

    /** The same for another API. */
    Session of(@Nullable String audience, Set<String> scopes) {
        return new Session(tenant, user, stamp, client, audience, scopes, amr, authTime, key, claims);
    }

    Session with(TokenClaims claims) {
        return new Session(tenant, user, stamp, client, audience, scopes, amr, authTime, key, claims);
    }

    /** The context class that this session reached; null for a password alone. */
    public @Nullable String acr() {
        return amr.acr();
    }
}
