package io.ringcode.authorization;

import io.ringcode.client.ClientId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in whose first factor is done: what an {@code mfa_token} stands for. Audience and scopes of the original
 * request are remembered in it.
 *
 * @param signedIn whether it stands for a user who is signed in already and binds another authenticator: then it came
 *     as an access token of the MFA API
 */
public record MfaTransaction(
        UUID id,
        TenantId tenant,
        ClientId client,
        UserId user,
        @Nullable String audience,
        Set<String> scopes,
        Instant expiresAt,
        boolean signedIn) {}
