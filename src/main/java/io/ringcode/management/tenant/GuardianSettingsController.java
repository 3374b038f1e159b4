package io.ringcode.management.tenant;

import io.ringcode.challenge.RememberSettings;
import io.ringcode.client.Caller;
import io.ringcode.fraud.PhoneProtection;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.tenant.Tenants;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long browsers are remembered, and the extra guard of phone providers. */
@RestController
@RequestMapping("/api/v2")
class GuardianSettingsController {
    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;

    private final Tenants tenants;
    private final Changes changes;

    GuardianSettingsController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    @GetMapping("/guardian/settings")
    @RequiresScope("read:guardian_factors")
    RememberSettings settings(Caller caller) {
        return RememberSettings.of(tenants.settings(caller.tenant()));
    }

    @PutMapping("/guardian/settings")
    @RequiresScope("update:guardian_factors")
    RememberSettings set(Caller caller, Body body) {
        body.only(
                "display_remember_me_checkbox",
                "remember_me_default_value",
                "mfa_session_inactivity_timeout",
                "mfa_session_overall_timeout");
        var overall = body.number("mfa_session_overall_timeout", HOUR, 90 * DAY);
        var settings = new RememberSettings(
                body.flag("display_remember_me_checkbox"),
                body.flag("remember_me_default_value"),
                body.number("mfa_session_inactivity_timeout", HOUR, Math.min(overall, 30 * DAY)),
                overall);
        changes.set(caller, RememberSettings.NAME, settings);
        return settings;
    }

    /** Limits bound messages always; {@code exponential} adds growing delays. */
    @GetMapping("/attack-protection/phone-provider-protection")
    @RequiresScope("read:attack_protection")
    PhoneProtection protection(Caller caller) {
        return tenants.settings(caller.tenant())
                .get(PhoneProtection.NAME, PhoneProtection.class, PhoneProtection.DEFAULT);
    }

    @PatchMapping("/attack-protection/phone-provider-protection")
    @RequiresScope("update:attack_protection")
    PhoneProtection setProtection(Caller caller, Body body) {
        var protection =
                new PhoneProtection(body.only("type").choice("type", Set.of("default", "none", "exponential")));
        changes.set(caller, PhoneProtection.NAME, protection);
        return protection;
    }
}
