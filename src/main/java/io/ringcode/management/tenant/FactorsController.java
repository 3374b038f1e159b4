package io.ringcode.management.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringcode.challenge.PhoneSettings;
import io.ringcode.client.Caller;
import io.ringcode.factor.Factors;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The factors that are switched on, and the policy of when a second one is asked for. */
@RestController
@RequestMapping("/api/v2/guardian")
class FactorsController {
    private static final Set<String> POLICIES = Set.of("all-applications", "confidence-score");

    /** @param settings where they were asked for, and the factor has any */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Factor(
            String name,
            boolean enabled,
            boolean trialExpired,
            @Nullable Map<String, Integer> settings) {}

    private final Tenants tenants;
    private final Changes changes;

    FactorsController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    @GetMapping("/factors")
    @RequiresScope("read:guardian_factors")
    List<Factor> list(Caller caller, HttpServletRequest request) {
        var settings = tenants.settings(caller.tenant());
        var on = settings.get(Factors.FACTORS, Factors.Switches.class, Factors.Switches.OFF)
                .on();
        var codes = Paging.flag(request, "include_settings", false) ? codes(PhoneSettings.of(settings)) : null;
        return Factors.NAMES.stream()
                .map(name -> new Factor(name, on.getOrDefault(name, false), false, name.equals("sms") ? codes : null))
                .toList();
    }

    private static Map<String, Integer> codes(PhoneSettings codes) {
        return Map.of("otp_length", codes.otpLength(), "otp_expiration_time", codes.otpExpirationTime());
    }

    @PutMapping("/factors/{name}")
    @RequiresScope("update:guardian_factors")
    Map<String, Object> set(@PathVariable String name, Caller caller, Body body) {
        if (!Factors.NAMES.contains(name))
            throw ManagementRefused.path("No enum match, expected one of: " + String.join(", ", Factors.NAMES));
        var enabled = body.only("enabled").flag("enabled");
        if (enabled && !Factors.OFFERED.contains(name))
            throw ManagementRefused.body("enabled", "This server does not offer the factor " + name);
        changes.set(
                caller,
                Factors.FACTORS,
                () -> tenants.update(
                        caller.tenant(), Factors.FACTORS, Factors.Switches.class, Factors.Switches.OFF, stored -> {
                            var on = new HashMap<>(stored.on());
                            on.put(name, enabled);
                            return new Factors.Switches(on);
                        }));
        return Map.of("enabled", enabled);
    }

    @GetMapping("/policies")
    @RequiresScope("read:mfa_policies")
    List<String> policies(Caller caller) {
        return tenants.settings(caller.tenant())
                .get(Factors.POLICIES, Factors.Policies.class, Factors.Policies.NEVER)
                .policies();
    }

    @PutMapping("/policies")
    @RequiresScope("update:mfa_policies")
    List<String> setPolicies(Caller caller, Body body) {
        var policies = body.choices(POLICIES);
        changes.set(caller, Factors.POLICIES, new Factors.Policies(policies));
        return policies;
    }
}
