package io.ringcode.authorization;

import io.ringcode.client.Apis;
import io.ringcode.client.ClientId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Reads what opens the MFA API: the {@code mfa_token} of a half-finished sign-in, or the access token of a signed-in
 * user for the audience {@code /mfa/}. SDKs put both in the same place.
 */
@Component
public class MfaBearers {
    private final MfaTokens mfaTokens;
    private final AccessTokens accessTokens;
    private final Clock clock;

    MfaBearers(MfaTokens mfaTokens, AccessTokens accessTokens, Clock clock) {
        this.mfaTokens = mfaTokens;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    /** @param malformed the refusal for a token that is neither */
    public MfaTransaction read(TenantId tenant, String issuer, String token, OAuthError malformed) {
        if (token.indexOf('.') < 0) return mfaTokens.read(tenant, token, malformed);
        return accessTokens
                .read(tenant, issuer, token)
                .filter(shown -> shown.id() != null && shown.audiences().contains(issuer + Apis.MFA))
                .map(shown -> new MfaTransaction(
                        UUID.fromString(java.util.Objects.requireNonNull(shown.id())),
                        tenant,
                        new ClientId(shown.client()),
                        new UserId(shown.subject()),
                        Apis.MFA,
                        shown.scopes(),
                        clock.instant(),
                        true))
                .orElseThrow(() -> new OAuthRefused(malformed));
    }
}
