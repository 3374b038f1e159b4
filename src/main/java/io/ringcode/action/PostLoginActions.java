package io.ringcode.action;

import io.ringcode.action.PostLoginOutcome.Decided;
import io.ringcode.action.PostLoginOutcome.Denied;
import io.ringcode.factor.Demand;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The tenant's actions on sign-ins, one after the other in the order of their bindings. They may take 20 seconds in all, so they are
 * never run inside a transaction. What becomes of a sign-in where one fails is the tenant's to say.
 */
@Component
public class PostLoginActions {
    private final LiveScripts scripts;
    private final PostLoginEvents told;
    private final ActionRuns runs;
    private final MetadataWrites metadata;
    private final Tenants tenants;
    private final Clock clock;

    PostLoginActions(
            LiveScripts scripts,
            PostLoginEvents told,
            ActionRuns runs,
            MetadataWrites metadata,
            Tenants tenants,
            Clock clock) {
        this.scripts = scripts;
        this.told = told;
        this.runs = runs;
        this.metadata = metadata;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** What is to run for a sign-in that begins now. */
    public PostLogin bound(TenantId tenant) {
        return PostLogin.before(scripts.bound(tenant, Trigger.POST_LOGIN).stream()
                .map(live -> live.script().id())
                .toList());
    }

    /** Runs what is left, up to the first factor that an action asks for by name. */
    public PostLoginOutcome run(SignInContext about, PostLogin before) {
        var end = System.nanoTime() + ScriptRuns.LIMIT.toNanos();
        var decided = before;
        while (!decided.left().isEmpty() && decided.due().isEmpty()) {
            var live = live(about, decided.left().getFirst());
            var state = decided.withoutFirstLeft();
            if (live.isEmpty()) {
                decided = state; // unbound since
                continue;
            }
            var effects = effects(live.get(), about, state, end);
            if (effects != null) metadata.set(about.caller().tenant(), about.user(), effects);
            var next = effects == null ? failed(about, state) : judged(live.get(), about, effects, state);
            if (!(next instanceof Decided(var more))) return next;
            decided = more;
        }
        return new Decided(decided);
    }

    private Optional<LiveScript> live(SignInContext about, String script) {
        return scripts.bound(about.caller().tenant(), Trigger.POST_LOGIN).stream()
                .filter(one -> one.script().id().equals(script))
                .findFirst();
    }

    private PostLoginOutcome judged(LiveScript live, SignInContext about, JsonNode effects, PostLogin state) {
        var error = effects.get("error");
        if (error != null)
            return Denied.of(
                    error.path("code").asString(""), error.path("message").asString(""));
        var denied = effects.get("deny");
        if (denied != null) return Denied.of(Denied.ACCESS_DENIED, denied.asString(""));
        var decided = state.and(effects, clock.instant());
        if (decided.commands() <= PostLogin.MOST_COMMANDS) return new Decided(decided);
        var why = "More than " + PostLogin.MOST_COMMANDS + " factors were asked for by name in one sign-in";
        runs.failed(live, who(about), why);
        return Denied.FAILED;
    }

    private PostLoginOutcome failed(SignInContext about, PostLogin state) {
        var settings = tenants.settings(about.caller().tenant());
        return switch (SignInPolicy.of(settings).failedAction()) {
            case SignInPolicy.IGNORE -> new Decided(state);
            case SignInPolicy.ASK -> new Decided(state.askingAtLeast(Demand.ANY_FACTOR));
            // Also a word of a newer server.
            default -> Denied.FAILED;
        };
    }

    /** @return null where it came to no good end, which is logged */
    private @Nullable JsonNode effects(LiveScript live, SignInContext about, PostLogin state, long end) {
        var call = told.of(live, about, state);
        return runs.effects(
                live, who(about), call.call(), new Masking(live.secrets().values(), null, call.number()), end);
    }

    private static ActionRuns.About who(SignInContext about) {
        return new ActionRuns.About(about.caller(), about.user());
    }
}
