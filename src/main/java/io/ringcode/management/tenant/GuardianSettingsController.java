package io.ringcode.management.tenant;

import io.ringcode.challenge.RememberSettings;
import io.ringcode.client.Caller;
import io.ringcode.fraud.PhoneProtection;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.tenant.Tenants;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long browsers are remembered, and the extra guard of phone providers. */
@RestController
@RequestMapping("/api/v2")
public class GuardianSettingsController {
    private static final int HOUR = 3600;
    static final int DAY = 24 * HOUR;

    /** {@link RememberSettings}, with their bounds in seconds. */
    public record Remembering(
            boolean displayRememberMeCheckbox,
            boolean rememberMeDefaultValue,
            @Range(min = HOUR, max = 30 * DAY) int mfaSessionInactivityTimeout,
            @Range(min = HOUR, max = 90 * DAY) int mfaSessionOverallTimeout)
            implements JsonBody, JsonAnswer {
        public Remembering {
            if (mfaSessionInactivityTimeout > mfaSessionOverallTimeout)
                throw InvalidBody.on(
                        "mfa_session_inactivity_timeout",
                        "Must be between " + HOUR + " and " + mfaSessionOverallTimeout);
        }

        private static Remembering of(RememberSettings settings) {
            return new Remembering(
                    settings.displayRememberMeCheckbox(),
                    settings.rememberMeDefaultValue(),
                    settings.mfaSessionInactivityTimeout(),
                    settings.mfaSessionOverallTimeout());
        }

        private RememberSettings settings() {
            return new RememberSettings(
                    displayRememberMeCheckbox,
                    rememberMeDefaultValue,
                    mfaSessionInactivityTimeout,
                    mfaSessionOverallTimeout);
        }
    }

    public record Protection(
            @OneOf({"default", "none", "exponential"}) String type) implements JsonBody, JsonAnswer {}

    private final Tenants tenants;
    private final Changes changes;

    GuardianSettingsController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    @GetMapping("/guardian/settings")
    @RequiresScope("read:guardian_factors")
    public Remembering settings(Caller caller) {
        return Remembering.of(RememberSettings.of(tenants.settings(caller.tenant())));
    }

    @PutMapping("/guardian/settings")
    @RequiresScope("update:guardian_factors")
    public Remembering set(Caller caller, Remembering wanted) {
        changes.set(caller, RememberSettings.NAME, wanted.settings());
        return wanted;
    }

    /** Limits bound messages always; {@code exponential} adds growing delays. */
    @GetMapping("/attack-protection/phone-provider-protection")
    @RequiresScope("read:attack_protection")
    public Protection protection(Caller caller) {
        var set = tenants.settings(caller.tenant())
                .get(PhoneProtection.NAME, PhoneProtection.class, PhoneProtection.DEFAULT);
        return new Protection(set.type());
    }

    @PatchMapping("/attack-protection/phone-provider-protection")
    @RequiresScope("update:attack_protection")
    public Protection setProtection(Caller caller, Protection wanted) {
        changes.set(caller, PhoneProtection.NAME, new PhoneProtection(wanted.type()));
        return wanted;
    }
}
