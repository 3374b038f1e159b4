package io.ringcode.fraud;

import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How long the page on which a phone number is typed has been shown when its form comes back; a program needs no time for it. */
@Component
public class NumberForm {
    private final SignedMoment moments;

    NumberForm(Keyring keys) {
        this.moments = new SignedMoment(keys.hash("number-form"), "shown");
    }

    /** What the form carries. */
    public String shown(TenantId tenant, UUID login, Instant now) {
        return moments.of(tenant, login, now);
    }

    /** @return zero for a form without a token of ours: our page has one, and a program must not gain by leaving it out */
    public Duration taken(TenantId tenant, UUID login, String token, Instant now) {
        return moments.read(tenant, login, token)
                .map(shown -> Duration.between(shown, now))
                .orElse(Duration.ZERO);
    }
}
