package io.ringcode.authorization;

import io.ringcode.action.TokenClaims;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.factor.RequiredStrength;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Grounds;
import io.ringcode.user.User;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Seals and reads {@code mfa_token}s: encrypted rather than signed, as only this server reads them. */
@Component
public class MfaTokens {
    /** From the first factor to the second. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private record Content(
            UUID id,
            String client,
            String user,
            @Nullable Long stamp,
            @Nullable String audience,
            Set<String> scopes,
            long expires,
            @Nullable RequiredStrength sufficient,
            MfaTransaction.@Nullable Claims claims) {}

    private final Sealer sealer;
    private final MfaClaims mfaClaims;
    private final ObjectMapper json;
    private final Clock clock;

    MfaTokens(Keyring keys, MfaClaims mfaClaims, ObjectMapper json, Clock clock) {
        this.sealer = keys.sealer("mfa-token");
        this.mfaClaims = mfaClaims;
        this.json = json;
        this.clock = clock;
    }

    /** @param stamp the user's security stamp, as the first factor found it */
    public String issue(
            TenantId tenant, ClientId client, UserId user, long stamp, @Nullable String audience, Set<String> scopes) {
        return issue(new MfaTransaction(
                TimedId.at(clock.instant()),
                tenant,
                client,
                user,
                new Grounds.Stamp(stamp),
                audience,
                scopes,
                MfaTransaction.Bearer.MFA_TOKEN,
                RequiredStrength.ANY,
                MfaTransaction.Claims.NONE));
    }

    /**
     * @param sufficient what was decided that is enough
     * @param claims of the tenant's actions, for the tokens that it earns
     */
    String issue(
            Caller caller,
            User user,
            @Nullable String audience,
            Set<String> scopes,
            RequiredStrength sufficient,
            TokenClaims claims) {
        var id = TimedId.at(clock.instant());
        mfaClaims.keep(caller.tenant(), id, claims, clock.instant().plus(LIFE));
        return issue(new MfaTransaction(
                id,
                caller.tenant(),
                caller.client().id(),
                user.id(),
                new Grounds.Stamp(user.stamp()),
                audience,
                scopes,
                MfaTransaction.Bearer.MFA_TOKEN,
                sufficient,
                claims.none() ? MfaTransaction.Claims.NONE : MfaTransaction.Claims.KEPT));
    }

    private String issue(MfaTransaction transaction) {
        var content = new Content(
                transaction.id(),
                transaction.client().value(),
                transaction.user().value(),
                transaction.grounds() instanceof Grounds.Stamp(var stamp) ? stamp : null,
                transaction.audience(),
                transaction.scopes(),
                clock.instant().plus(LIFE).getEpochSecond(),
                transaction.sufficient(),
                transaction.claims());
        return sealer.sealToken(
                json.writeValueAsString(content), transaction.tenant().value());
    }

    /**
     * @param malformed the refusal for a token that this server never made, or made for another tenant: its status
     *     differs by endpoint
     */
    public MfaTransaction read(TenantId tenant, String token, OAuthError malformed) {
        var content = sealer.openToken(token, tenant.value())
                .map(text -> json.readValue(text, Content.class))
                .orElseThrow(() -> new OAuthRefused(malformed));
        var expires = Instant.ofEpochSecond(content.expires());
        if (!clock.instant().isBefore(expires)) throw new OAuthRefused(OAuthError.EXPIRED_MFA_TOKEN);
        var stamp = content.stamp(); // null in one that an earlier version made, as is what suffices
        return new MfaTransaction(
                content.id(),
                tenant,
                new ClientId(content.client()),
                new UserId(content.user()),
                new Grounds.Stamp(stamp == null ? 0 : stamp),
                content.audience(),
                content.scopes(),
                MfaTransaction.Bearer.MFA_TOKEN,
                content.sufficient() == null ? RequiredStrength.ANY : content.sufficient(),
                content.claims() == null ? MfaTransaction.Claims.NONE : content.claims());
    }
}
