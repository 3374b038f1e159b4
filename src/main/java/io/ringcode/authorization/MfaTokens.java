package io.ringcode.authorization;

import io.ringcode.client.ClientId;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Grounds;
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
            long expires) {}

    private final Sealer sealer;
    private final ObjectMapper json;
    private final Clock clock;

    MfaTokens(Keyring keys, ObjectMapper json, Clock clock) {
        this.sealer = keys.sealer("mfa-token");
        this.json = json;
        this.clock = clock;
    }

    /** @param stamp the user's security stamp, as the first factor found it */
    public String issue(
            TenantId tenant, ClientId client, UserId user, long stamp, @Nullable String audience, Set<String> scopes) {
        var content = new Content(
                TimedId.at(clock.instant()),
                client.value(),
                user.value(),
                stamp,
                audience,
                scopes,
                clock.instant().plus(LIFE).getEpochSecond());
        return sealer.sealToken(json.writeValueAsString(content), tenant.value());
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
        var stamp = content.stamp(); // null in one that an earlier version made
        return new MfaTransaction(
                content.id(),
                tenant,
                new ClientId(content.client()),
                new UserId(content.user()),
                new Grounds.Stamp(stamp == null ? 0 : stamp),
                content.audience(),
                content.scopes(),
                MfaTransaction.Bearer.MFA_TOKEN);
    }
}
