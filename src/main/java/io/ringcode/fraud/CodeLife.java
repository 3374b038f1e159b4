package io.ringcode.fraud;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;

/**
 * How long a tenant's codes can be typed: that part of the setting of phone codes which the guard needs.
 *
 * @param otpExpirationTime seconds
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CodeLife(int otpExpirationTime) {
    private static final String NAME = "guardian/factors/phone/settings";
    private static final CodeLife USUAL = new CodeLife(300);

    static Duration of(TenantSettings settings) {
        return Duration.ofSeconds(settings.get(NAME, CodeLife.class, USUAL).otpExpirationTime());
    }
}
