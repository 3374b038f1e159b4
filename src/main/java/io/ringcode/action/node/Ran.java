package io.ringcode.action.node;

import java.time.Duration;
import java.util.List;

/**
 * One call of a script.
 *
 * @param log its output, not masked
 */
public record Ran(Outcome outcome, List<String> log, Duration took) {
    @Override
    public String toString() {
        return "Ran[" + outcome + ", " + took + "]";
    }
}
