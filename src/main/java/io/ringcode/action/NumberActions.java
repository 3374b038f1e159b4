package io.ringcode.action;

import io.ringcode.action.NumberCheck.Occasion;
import io.ringcode.action.NumberVerdict.Instead;
import io.ringcode.action.NumberVerdict.Refused;
import io.ringcode.action.NumberVerdict.Trusted;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The tenant's actions on phone numbers, one after the other in the order of their bindings, until one refuses the number. They may take 20
 * seconds in all, so they are never run inside a transaction. What becomes of a number where one fails is said by the same setting as for
 * sign-ins.
 */
@Component
public class NumberActions {
    private static final Refused FAILED = new Refused(Instead.ANY, "The phone number could not be checked.");

    private final LiveScripts scripts;
    private final NumberEvents told;
    private final ActionRuns runs;
    private final Tenants tenants;
    private final ApplicationEventPublisher events;

    NumberActions(
            LiveScripts scripts,
            NumberEvents told,
            ActionRuns runs,
            Tenants tenants,
            ApplicationEventPublisher events) {
        this.scripts = scripts;
        this.told = told;
        this.runs = runs;
        this.tenants = tenants;
        this.events = events;
    }

    /** Whether some action is asked. */
    public boolean watch(TenantId tenant, Occasion occasion) {
        return !scripts.bound(tenant, occasion.trigger()).isEmpty();
    }

    public NumberVerdict judge(NumberCheck check) {
        var end = System.nanoTime() + ScriptRuns.LIMIT.toNanos();
        for (var live : scripts.bound(check.caller().tenant(), check.occasion().trigger())) {
            var masking =
                    new Masking(live.secrets().values(), null, check.number().e164());
            var about = new ActionRuns.About(check.caller(), check.user());
            var effects = runs.effects(live, about, told.of(live, check), masking, end);
            var refused = effects == null ? failed(check.caller().tenant()) : refused(effects, masking);
            if (refused.isEmpty()) continue;
            events.publishEvent(new NumberRefused(check, refused.get()));
            return refused.get();
        }
        return new Trusted();
    }

    private static Optional<Refused> refused(JsonNode effects, Masking masking) {
        var said = effects.get("refuse");
        if (said == null) return Optional.empty();
        var instead = said.path("instead").asString("").equals("other-factor") ? Instead.OTHER_FACTOR : Instead.ANY;
        var reason = PostLoginOutcome.Denied.readable(
                masking.mask(said.path("reason").asString("")));
        return Optional.of(new Refused(instead, reason.isEmpty() ? "The phone number was refused." : reason));
    }

    private Optional<Refused> failed(TenantId tenant) {
        return switch (SignInPolicy.of(tenants.settings(tenant)).failedAction()) {
            case SignInPolicy.IGNORE -> Optional.empty();
            case SignInPolicy.ASK -> Optional.of(new Refused(Instead.OTHER_FACTOR, FAILED.reason()));
            // Also a word of a newer server.
            default -> Optional.of(FAILED);
        };
    }
}
