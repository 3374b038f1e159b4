package io.ringcode.authorization;

import io.ringcode.challenge.Transaction;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.factor.RequiredStrength;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Grounds;
import io.ringcode.user.UserId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in whose first factor is done: what an {@code mfa_token} stands for. Audience and scopes of the original
 * request are remembered in it.
 *
 * @param bearer what it came as
 * @param sufficient what was decided at its beginning that is enough, beside the tenant's plan
 */
public record MfaTransaction(
        UUID id,
        TenantId tenant,
        ClientId client,
        UserId user,
        Grounds grounds,
        @Nullable String audience,
        Set<String> scopes,
        Bearer bearer,
        RequiredStrength sufficient,
        Claims claims) {

    /** Whether the tenant's actions have set claims for the tokens that it will earn. */
    public enum Claims {
        NONE,
        /** They wait in {@link MfaClaims}. */
        KEPT
    }

    /** What opens the MFA API. */
    public enum Bearer {
        /** Of a half-finished sign-in. */
        MFA_TOKEN,
        /** An access token of the MFA API that the password alone earned, as the user had no factor then. */
        FIRST_FACTOR_ACCESS,
        /** An access token of the MFA API that stands on a second factor. */
        FULL_ACCESS
    }

    /** Whether it is an access token, which has scopes and is no half of a sign-in. */
    public boolean access() {
        return bearer != Bearer.MFA_TOKEN;
    }

    /** For whoever proves or binds something by it. */
    public Transaction by(Caller caller) {
        return new Transaction(
                id,
                caller,
                user,
                grounds,
                bearer == Bearer.FULL_ACCESS ? Transaction.Standing.ALL_FACTORS : Transaction.Standing.FIRST_FACTOR,
                Transaction.Door.API,
                sufficient);
    }
}
