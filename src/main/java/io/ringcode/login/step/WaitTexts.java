package io.ringcode.login.step;

import java.time.Duration;
import java.util.Map;

/** Waiting times as texts of a page. */
public final class WaitTexts {
    private WaitTexts() {}

    /** Whole minutes, rounded up, never none. */
    public static Map<String, String> values(Duration wait) {
        var minutes = Math.max(1, wait.plusSeconds(59).toMinutes());
        return Map.of("minutes", String.valueOf(minutes));
    }
}
