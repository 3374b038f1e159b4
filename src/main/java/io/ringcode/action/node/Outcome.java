package io.ringcode.action.node;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a call of a script ended. */
public sealed interface Outcome {
    /**
     * The script was content.
     *
     * @param effects what an action on a sign-in asked for, as it said it; null for any other script
     */
    record Done(@Nullable Decision decision, @Nullable JsonNode effects) implements Outcome {
        public Done(@Nullable Decision decision) {
            this(decision, null);
        }
    }

    /** What a script asked for before it ended well. */
    record Decision(boolean again, String reason) {}

    /** It answered with an error, threw one, or rejected. */
    record Failed(ScriptError error) implements Outcome {}

    /** It had not answered when its time was over. */
    record TimedOut(Duration limit) implements Outcome {}

    /** Its process ended before it answered. */
    record Died(String how) implements Outcome {}

    /** Nothing can run now: all workers are in use, or none could be started. */
    record NotRun(String reason) implements Outcome {}
}
