package io.ringcode.challenge;

import io.ringcode.tenant.TenantSettings;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Whether and how long a browser that passed the second factor is remembered. The setting of the Management API's
 * {@code guardian/settings}.
 *
 * @param displayRememberMeCheckbox whether people are asked
 * @param rememberMeDefaultValue whether the box is ticked beforehand
 * @param mfaSessionInactivityTimeout seconds without use until a browser is forgotten
 * @param mfaSessionOverallTimeout seconds until it is forgotten in any case
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RememberSettings(
        boolean displayRememberMeCheckbox,
        boolean rememberMeDefaultValue,
        int mfaSessionInactivityTimeout,
        int mfaSessionOverallTimeout) {
    public static final String NAME = "guardian/settings";
    public static final RememberSettings DEFAULT = new RememberSettings(true, false, 604_800, 2_592_000);

    public static RememberSettings of(TenantSettings settings) {
        return settings.get(NAME, RememberSettings.class, DEFAULT);
    }
}
