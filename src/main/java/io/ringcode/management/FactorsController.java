package io.ringcode.management;

import io.ringcode.enrollment.Factors;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Which factors are on, and when a second one is asked for. */
@RestController
@RequestMapping("/api/v2/guardian")
class FactorsController {
    private static final Set<String> POLICIES = Set.of("all-applications", "confidence-score");

    @JsonNaming(SnakeCaseStrategy.class)
    record Factor(String name, boolean enabled, boolean trialExpired) {}

    private final ManagementCalls calls;
    private final Body.Reader bodies;
    private final Tenants tenants;
    private final SettingWriter settings;

    FactorsController(ManagementCalls calls, Body.Reader bodies, Tenants tenants, SettingWriter settings) {
        this.calls = calls;
        this.bodies = bodies;
        this.tenants = tenants;
        this.settings = settings;
    }

    @GetMapping("/factors")
    List<Factor> list(HttpServletRequest request) {
        var caller = calls.require(request, "read:guardian_factors");
        var on = tenants.settings(caller.tenant())
                .get(Factors.FACTORS, Factors.Switches.class, Factors.Switches.OFF)
                .on();
        return Factors.NAMES.stream()
                .map(name -> new Factor(name, on.getOrDefault(name, false), false))
                .toList();
    }

    @PutMapping("/factors/{name}")
    Map<String, Object> set(@PathVariable String name, HttpServletRequest request) throws IOException {
        var caller = calls.require(request, "update:guardian_factors");
        if (!Factors.NAMES.contains(name))
            throw ManagementRefused.path("No enum match, expected one of: " + String.join(", ", Factors.NAMES));
        var enabled = bodies.object(request, "enabled").flag("enabled");
        if (enabled && !Factors.OFFERED.contains(name))
            throw ManagementRefused.body("enabled", "This server does not offer the factor " + name);
        settings.write(
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
    List<String> policies(HttpServletRequest request) {
        var caller = calls.require(request, "read:mfa_policies");
        return tenants.settings(caller.tenant())
                .get(Factors.POLICIES, Factors.Policies.class, Factors.Policies.NEVER)
                .policies();
    }

    @PutMapping("/policies")
    List<String> setPolicies(HttpServletRequest request) throws IOException {
        var caller = calls.require(request, "update:mfa_policies");
        var policies = bodies.array(request, POLICIES);
        settings.write(caller, Factors.POLICIES, new Factors.Policies(policies));
        return policies;
    }
}
