package io.ringcode.management.tenant;

import io.ringcode.challenge.PhoneSettings;
import io.ringcode.client.Caller;
import io.ringcode.factor.Factors;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Whole;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.tenant.Tenants;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The factors that are switched on, and the policy of when a second one is asked for. */
@RestController
@RequestMapping("/api/v2/guardian")
public class FactorsController {
    /** @param settings where they were asked for, and the factor has any */
    public record Factor(
            String name,
            boolean enabled,
            boolean trialExpired,
            @Nullable Codes settings) implements JsonAnswer {}

    public record Codes(int otpLength, int otpExpirationTime) implements JsonAnswer {
        private static Codes of(PhoneSettings codes) {
            return new Codes(codes.otpLength(), codes.otpExpirationTime());
        }
    }

    public record Switch(boolean enabled) implements JsonBody {}

    /** @param message why the switch is not as it was wanted; null where it is */
    public record Switched(boolean enabled, @Nullable String message) implements JsonAnswer {}

    /** When a second factor is required: always, for new browsers, or never where it is empty. */
    public record Policies(
            @Whole @Items(max = 2, unique = true) @OneOf({"all-applications", "confidence-score"})
            List<String> policies)
            implements JsonBody {}

    private final Tenants tenants;
    private final Changes changes;

    FactorsController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    @GetMapping("/factors")
    @RequiresScope("read:guardian_factors")
    public List<Factor> list(
            Caller caller,
            @RequestParam(name = "include_settings", required = false) @Nullable String includeSettings) {
        var settings = tenants.settings(caller.tenant());
        var on = settings.get(Factors.FACTORS, Factors.Switches.class, Factors.Switches.OFF)
                .on();
        var codes =
                Paging.flag("include_settings", includeSettings, false) ? Codes.of(PhoneSettings.of(settings)) : null;
        return Factors.NAMES.stream()
                .map(name -> new Factor(name, on.getOrDefault(name, false), false, name.equals("sms") ? codes : null))
                .toList();
    }

    @PutMapping("/factors/{name}")
    @RequiresScope("update:guardian_factors")
    public Switched set(@PathVariable String name, Caller caller, Switch wanted) {
        if (!Factors.NAMES.contains(name))
            throw ManagementRefused.path("No enum match, expected one of: " + String.join(", ", Factors.NAMES));
        // An import of a whole tenant goes on; it is told, and the factor stays off.
        if (wanted.enabled() && !Factors.OFFERED.contains(name))
            return new Switched(false, "Not kept: this server does not offer the factor " + name);
        changes.set(
                caller,
                Factors.FACTORS,
                () -> tenants.update(
                        caller.tenant(), Factors.FACTORS, Factors.Switches.class, Factors.Switches.OFF, stored -> {
                            var on = new HashMap<>(stored.on());
                            on.put(name, wanted.enabled());
                            return new Factors.Switches(on);
                        }));
        return new Switched(wanted.enabled(), null);
    }

    @GetMapping("/policies")
    @RequiresScope("read:mfa_policies")
    public List<String> policies(Caller caller) {
        return tenants.settings(caller.tenant())
                .get(Factors.POLICIES, Factors.Policies.class, Factors.Policies.NEVER)
                .policies();
    }

    @PutMapping("/policies")
    @RequiresScope("update:mfa_policies")
    public List<String> setPolicies(Caller caller, Policies wanted) {
        changes.set(caller, Factors.POLICIES, new Factors.Policies(wanted.policies()));
        return wanted.policies();
    }
}
