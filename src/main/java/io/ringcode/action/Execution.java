package io.ringcode.action;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a script.
 *
 * @param error what went wrong, masked
 * @param log its output, masked, one entry per line that it wrote
 */
public record Execution(
        UUID id,
        String script,
        int version,
        Trigger trigger,
        Result result,
        @Nullable String error,
        List<String> log,
        Duration took,
        Instant at) {

    public enum Result {
        SENT("sent"),
        /** An action on a sign-in came to its end. */
        DONE("done"),
        /** It gave an error, threw or rejected. */
        FAILED("failed"),
        /** It had not answered when its time was over. */
        TIMED_OUT("timed_out"),
        /** Its process ended before it answered. */
        DIED("died"),
        /** It gave the message up on purpose. */
        DROPPED("dropped"),
        /** It asked to be called again. */
        RETRY("retry"),
        /** Nothing was run. */
        NOT_RUN("not_run");

        private final String wire;

        Result(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }
}
