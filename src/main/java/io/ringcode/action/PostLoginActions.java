package io.ringcode.action;

import io.ringcode.action.PostLoginOutcome.Decided;
import io.ringcode.action.PostLoginOutcome.Denied;
import io.ringcode.action.node.NoNode;
import io.ringcode.factor.Demand;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The tenant's actions on sign-ins, one after the other in the order of their bindings. They may take 20 seconds in all, so they are
 * never run inside a transaction. What becomes of a sign-in where one fails is the tenant's to say.
 */
@Component
public class PostLoginActions {
    private static final Logger log = LoggerFactory.getLogger(PostLoginActions.class);

    /** What a script gets at least, when others before it have used up the time. */
    private static final Duration LEAST = Duration.ofMillis(50);

    private final LiveScripts scripts;
    private final PostLoginEvents told;
    private final ScriptRuns runs;
    private final MetadataWrites metadata;
    private final Tenants tenants;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    PostLoginActions(
            LiveScripts scripts,
            PostLoginEvents told,
            ScriptRuns runs,
            MetadataWrites metadata,
            Tenants tenants,
            Clock clock,
            ApplicationEventPublisher events) {
        this.scripts = scripts;
        this.told = told;
        this.runs = runs;
        this.metadata = metadata;
        this.tenants = tenants;
        this.clock = clock;
        this.events = events;
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
            var left = Duration.ofNanos(end - System.nanoTime());
            var effects = effects(live.get(), about, state, left.compareTo(LEAST) < 0 ? LEAST : left);
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
        var decided = state.and(effects);
        if (decided.commands() <= PostLogin.MOST_COMMANDS) return new Decided(decided);
        var why = "More than " + PostLogin.MOST_COMMANDS + " factors were asked for by name in one sign-in";
        tell(live, about, TimedId.at(clock.instant()), Execution.Result.FAILED, why);
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
    private @Nullable JsonNode effects(LiveScript live, SignInContext about, PostLogin state, Duration limit) {
        try {
            var call = told.of(live, about, state);
            var masking = new Masking(live.secrets().values(), null, call.number());
            var run = runs.run(live, Trigger.POST_LOGIN, call.call(), masking, limit);
            if (run.effects() == null) {
                var execution = run.execution();
                tell(live, about, execution.id(), execution.result(), execution.error());
            }
            return run.effects();
        } catch (NoNode missing) {
            log.error(
                    "An action of tenant {} was not run: {}",
                    about.caller().tenant().value(),
                    missing.getMessage());
            tell(live, about, TimedId.at(clock.instant()), Execution.Result.NOT_RUN, null);
            return null;
        }
    }

    private void tell(
            LiveScript live, SignInContext about, UUID execution, Execution.Result result, @Nullable String error) {
        events.publishEvent(new ActionFailed(
                about.caller().tenant(),
                live.script().id(),
                live.script().name(),
                live.version().number(),
                Trigger.POST_LOGIN.id(),
                execution,
                result.wire(),
                error,
                about.user(),
                about.caller().client().id()));
    }
}
