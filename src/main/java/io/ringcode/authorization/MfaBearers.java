package io.ringcode.authorization;

import io.ringcode.authorization.MfaTransaction.Bearer;
import io.ringcode.client.Apis;
import io.ringcode.client.ClientId;
import io.ringcode.factor.RequiredStrength;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Grounds;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.util.Objects;
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
    private final Users users;

    MfaBearers(MfaTokens mfaTokens, AccessTokens accessTokens, Users users) {
        this.mfaTokens = mfaTokens;
        this.accessTokens = accessTokens;
        this.users = users;
    }

    /**
     * What a token says, whatever has become of its user since: for whoever judges that at the end.
     *
     * @param malformed the refusal for a token that is neither
     */
    public MfaTransaction read(TenantId tenant, String issuer, String token, OAuthError malformed) {
        if (token.indexOf('.') < 0) return mfaTokens.read(tenant, token, malformed);
        return accessTokens
                .read(tenant, issuer, token)
                .filter(shown -> shown.id() != null && shown.audiences().contains(issuer + Apis.MFA))
                .map(shown -> new MfaTransaction(
                        UUID.fromString(Objects.requireNonNull(shown.id())),
                        tenant,
                        new ClientId(shown.client()),
                        new UserId(shown.subject()),
                        new Grounds.IssuedAt(shown.issuedAt()),
                        Apis.MFA,
                        shown.scopes(),
                        shown.amr().multiFactor() ? Bearer.FULL_ACCESS : Bearer.FIRST_FACTOR_ACCESS,
                        RequiredStrength.ANY,
                        MfaTransaction.Claims.NONE))
                .orElseThrow(() -> new OAuthRefused(malformed));
    }

    /** The same, of a user who may still do what it stands for. */
    public MfaTransaction open(TenantId tenant, String issuer, String token, OAuthError malformed) {
        var transaction = read(tenant, issuer, token, malformed);
        var user = users.find(tenant, transaction.user())
                .filter(found -> !found.blocked())
                .orElse(null);
        if (user == null) throw new OAuthRefused(transaction.access() ? malformed : OAuthError.USER_GONE);
        if (!transaction.grounds().hold(user))
            throw new OAuthRefused(transaction.access() ? malformed : OAuthError.EXPIRED_MFA_TOKEN);
        return transaction;
    }
}
