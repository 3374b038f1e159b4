package io.ringcode.login;

import java.time.Duration;
import java.util.Map;

/** How long somebody must wait, as sentences have it. */
final class Waits {
    private Waits() {}

    /** Whole minutes, rounded up, never none. */
    static Map<String, String> values(Duration wait) {
        var minutes = Math.max(1, wait.plusSeconds(59).toMinutes());
        return Map.of("minutes", String.valueOf(minutes));
    }
}
