package io.ringcode.challenge;

import io.ringcode.tenant.TenantSettings;
import java.time.Duration;

/**
 * A tenant's codes. The setting of the Management API's {@code phone/settings}.
 *
 * @param otpLength digits, 6 to 10
 * @param otpExpirationTime seconds, 60 to 600 (NIST SP 800-63B-4 section 3.1.3.2 allows ten minutes)
 */
public record PhoneSettings(int otpLength, int otpExpirationTime) {
    public static final String NAME = "guardian/factors/phone/settings";
    public static final PhoneSettings DEFAULT = new PhoneSettings(6, 300);

    public static PhoneSettings of(TenantSettings settings) {
        return settings.get(NAME, PhoneSettings.class, DEFAULT);
    }

    public Duration life() {
        return Duration.ofSeconds(otpExpirationTime);
    }
}
