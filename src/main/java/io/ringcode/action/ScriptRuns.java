package io.ringcode.action;

import io.ringcode.action.Execution.Result;
import io.ringcode.action.node.InstallFailed;
import io.ringcode.action.node.NoNode;
import io.ringcode.action.node.NodeRuntime;
import io.ringcode.action.node.Outcome;
import io.ringcode.action.node.Program;
import io.ringcode.action.node.Ran;
import io.ringcode.action.node.ScriptError;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.trace.Attribute;
import io.ringcode.trace.Tracing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs scripts, and keeps what came of each run with everything secret masked. */
@Component
class ScriptRuns {
    private static final Logger log = LoggerFactory.getLogger(ScriptRuns.class);

    /** As long as Auth0 gives an action. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** Where another server has built a version, its packages are fetched here at its first call. */
    private static final Duration WAIT_FOR_PACKAGES = Duration.ofSeconds(10);

    private static final int LONGEST_ERROR = 500;

    private final NodeRuntime node;
    private final ExecutionTable executions;
    private final Clock clock;
    private final Tracing tracing;
    private final Map<String, CompletableFuture<Path>> packages = new ConcurrentHashMap<>();

    ScriptRuns(NodeRuntime node, ExecutionTable executions, Clock clock, Tracing tracing) {
        this.node = node;
        this.executions = executions;
        this.clock = clock;
        this.tracing = tracing;
    }

    /**
     * @param error of the script itself, not masked; null where there was none
     * @param effects what an action on a sign-in asked for; null for other scripts, and where it came to no good end
     */
    record Run(
            Execution execution,
            @Nullable ScriptError error,
            @Nullable JsonNode effects) {}

    /**
     * @param call what the worker is told; {@code null} secrets are none
     * @param masking for this call
     * @throws NoNode where no script can run at all
     */
    Run run(LiveScript live, Trigger trigger, ObjectNode call, Masking masking) throws NoNode {
        return run(live, trigger, call, masking, LIMIT);
    }

    /** @param limit what is left of the time of all scripts of a trigger */
    Run run(LiveScript live, Trigger trigger, ObjectNode call, Masking masking, Duration limit) throws NoNode {
        var ran = traced(live, trigger, call, limit);
        var outcome = ran.outcome();
        var told = told(outcome);
        var execution = new Execution(
                TimedId.at(clock.instant()),
                live.script().id(),
                live.version().number(),
                trigger,
                result(outcome),
                told == null ? null : shortened(masking.mask(told)),
                ran.log().stream().map(masking::mask).toList(),
                ran.took(),
                clock.instant());
        keep(live.script().tenant(), execution);
        return switch (outcome) {
            case Outcome.Failed(var error) -> new Run(execution, error, null);
            case Outcome.Done(var _, var effects) -> new Run(execution, null, effects);
            case Outcome.TimedOut _, Outcome.Died _, Outcome.NotRun _ -> new Run(execution, null, null);
        };
    }

    private Ran traced(LiveScript live, Trigger trigger, ObjectNode call, Duration limit) throws NoNode {
        try (var span = tracing.part("script")) {
            span.with(Attribute.TENANT, live.script().tenant().value())
                    .with(Attribute.SCRIPT, live.script().id())
                    .with(Attribute.TRIGGER, trigger.id());
            var ran = ran(live, call, limit);
            span.with(Attribute.OUTCOME, result(ran.outcome()).wire());
            return ran;
        }
    }

    /** What was sent was sent, also when it cannot be written down. */
    private void keep(TenantId tenant, Execution execution) {
        try {
            executions.insert(tenant, execution);
        } catch (DataAccessException away) {
            log.warn(
                    "A run of script {} is not in the database: {}",
                    execution.script(),
                    away.getClass().getSimpleName());
        }
    }

    private Ran ran(LiveScript live, ObjectNode call, Duration limit) throws NoNode {
        var script = live.script();
        var version = live.version();
        try {
            var modules = modules(version);
            var program = new Program(
                    script.tenant().value(), script.id() + "@" + version.id(), version.code(), script.entry(), modules);
            return node.run(program, call, limit);
        } catch (TimeoutException installing) {
            return notRun("Its dependencies are still being installed on this server");
        } catch (InstallFailed failed) {
            return notRun(String.valueOf(failed.getMessage()));
        }
    }

    private static Ran notRun(String why) {
        return new Ran(new Outcome.NotRun(why), List.of(), Duration.ZERO);
    }

    private @Nullable Path modules(Version version) throws TimeoutException, InstallFailed, NoNode {
        var lock = version.lock();
        if (lock == null) return null;
        var fetching = packages.computeIfAbsent(
                lock,
                _ -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return node.modules(version.dependencies(), lock);
                    } catch (NoNode | InstallFailed failed) {
                        throw new CompletionException(failed);
                    }
                }));
        try {
            var folder = fetching.get(WAIT_FOR_PACKAGES.toMillis(), TimeUnit.MILLISECONDS);
            if (Files.isDirectory(folder)) return folder;
            // Nothing referred to them for a while, and now something does again.
            packages.remove(lock, fetching);
            return modules(version);
        } catch (ExecutionException failed) {
            packages.remove(lock);
            if (failed.getCause() instanceof InstallFailed why) throw why;
            if (failed.getCause() instanceof NoNode missing) throw missing;
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TimeoutException();
        }
    }

    private static Result result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var decision, var effects)
            when decision == null -> effects == null ? Result.SENT : Result.DONE;
            case Outcome.Done(var decision, var _) -> decision.again() ? Result.RETRY : Result.DROPPED;
            case Outcome.Failed _ -> Result.FAILED;
            case Outcome.TimedOut _ -> Result.TIMED_OUT;
            case Outcome.Died _ -> Result.DIED;
            case Outcome.NotRun _ -> Result.NOT_RUN;
        };
    }

    private static @Nullable String told(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var decision, var _) -> decision == null ? null : decision.reason();
            case Outcome.Failed(var error) ->
                error.message() + (error.line() > 0 ? " (line " + error.line() + ")" : "");
            case Outcome.TimedOut(var limit) -> "No answer within " + limit.toSeconds() + " s";
            case Outcome.Died(var how) -> "The script was ended: " + how;
            case Outcome.NotRun(var reason) -> reason;
        };
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_ERROR) return text;
        // Not between the two halves of one character, which alone is no text.
        var end = Character.isHighSurrogate(text.charAt(LONGEST_ERROR - 1)) ? LONGEST_ERROR - 1 : LONGEST_ERROR;
        return text.substring(0, end) + "…";
    }
}
