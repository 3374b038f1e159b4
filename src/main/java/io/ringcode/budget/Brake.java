package io.ringcode.budget;

import io.ringcode.tenant.TenantSettings;

/** Setting: the emergency brake. While it is on, nothing is sent: no code, no retry, no test message. */
public record Brake(boolean on) {
    public static final String NAME = "guardian/factors/phone/fraud/brake";
    public static final Brake OFF = new Brake(false);

    public static boolean isOn(TenantSettings settings) {
        return settings.get(NAME, Brake.class, OFF).on();
    }
}
