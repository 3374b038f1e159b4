package io.ringcode.conformance;

import io.ringcode.factor.FactorKind;
import io.ringcode.factor.Factors;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's requirements are judged by: its settings, and what is not among them.
 *
 * @param codeFirst whether a message for a sign-in begins with its code
 * @param mails whether mails to users go anywhere
 * @param logStreams that carry its log now
 * @param localPhone whether this server shows every code to whoever looks, which the operator decides
 * @param signingKeyPeriod how long a key signs, which the operator decides; null for as long as nobody rotates it
 */
public record TenantConfiguration(
        TenantSettings settings,
        boolean codeFirst,
        boolean mails,
        int logStreams,
        boolean localPhone,
        @Nullable Duration signingKeyPeriod) {

    Factors factors() {
        return Factors.of(settings);
    }

    boolean isOn(FactorKind kind) {
        return factors().isOn(kind);
    }

    boolean hasPasskeys() {
        return isOn(FactorKind.WEBAUTHN_ROAMING) || isOn(FactorKind.WEBAUTHN_PLATFORM);
    }
}
