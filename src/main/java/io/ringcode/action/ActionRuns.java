package io.ringcode.action;

import io.ringcode.action.node.NoNode;
import io.ringcode.client.Caller;
import io.ringcode.secret.TimedId;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs actions whose answer decides something, and tells of those that came to no good end. */
@Component
class ActionRuns {
    private static final Logger log = LoggerFactory.getLogger(ActionRuns.class);

    /** What a script gets at least, when others before it have used up the time. */
    private static final Duration LEAST = Duration.ofMillis(50);

    private final ScriptRuns runs;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    ActionRuns(ScriptRuns runs, Clock clock, ApplicationEventPublisher events) {
        this.runs = runs;
        this.clock = clock;
        this.events = events;
    }

    /** For whom an action runs. */
    record About(Caller caller, UserId user) {}

    /**
     * @param end of the time that all actions of a trigger have, as {@link System#nanoTime} counts
     * @return what it asked for; null where it came to no good end
     */
    @Nullable
    JsonNode effects(LiveScript live, About about, ObjectNode call, Masking masking, long end) {
        var left = Duration.ofNanos(end - System.nanoTime());
        try {
            var run = runs.run(live, live.script().trigger(), call, masking, left.compareTo(LEAST) < 0 ? LEAST : left);
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

    /** @param why in words of ours */
    void failed(LiveScript live, About about, String why) {
        tell(live, about, TimedId.at(clock.instant()), Execution.Result.FAILED, why);
    }

    private void tell(LiveScript live, About about, UUID execution, Execution.Result result, @Nullable String error) {
        events.publishEvent(new ActionFailed(
                about.caller().tenant(),
                live.script().id(),
                live.script().name(),
                live.version().number(),
                live.script().trigger().id(),
                execution,
                result.wire(),
                error,
                about.user(),
                about.caller().client().id()));
    }
}
