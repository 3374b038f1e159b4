package io.ringcode.management.script;

import io.ringcode.action.Execution;
import io.ringcode.action.Executions;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.management.json.Paging;
import io.ringcode.tenant.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a hook or an action. */
public record RunAnswer(
        String id,
        int version,
        String triggerId,
        String result,
        @Nullable String error,
        List<String> log,
        long durationMs,
        IsoTime date)
        implements JsonAnswer {

    static RunAnswer of(Execution execution) {
        return new RunAnswer(
                execution.id().toString(),
                execution.version(),
                execution.trigger().id(),
                execution.result().wire(),
                execution.error(),
                execution.log(),
                execution.took().toMillis(),
                new IsoTime(execution.at()));
    }

    /** The last ones of a script. */
    public record Runs(List<RunAnswer> executions, long total, int page, int perPage) implements JsonAnswer {
        static Runs of(Executions all, TenantId tenant, String script, Paging paging) {
            return new Runs(
                    all.of(tenant, script, paging.start(), paging.size()).stream()
                            .map(RunAnswer::of)
                            .toList(),
                    all.count(tenant, script),
                    ScriptBodies.page(paging),
                    paging.size());
        }
    }
}
