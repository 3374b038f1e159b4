package io.ringcode.fraud;

import io.ringcode.tenant.TenantSettings;

/**
 * Setting: whether messages to one user or number must wait longer each time, besides the limits that always hold.
 *
 * @param type {@code exponential}; {@code default}, or {@code none} as older SDKs say it, for not
 */
public record PhoneProtection(String type) {
    public static final String NAME = "attack-protection/phone-provider-protection";
    public static final PhoneProtection DEFAULT = new PhoneProtection("default");

    static boolean isExponential(TenantSettings settings) {
        return settings.get(NAME, PhoneProtection.class, DEFAULT).type().equals("exponential");
    }
}
