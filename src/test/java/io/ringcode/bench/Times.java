package io.ringcode.bench;

import java.time.Duration;

/** How long is measured, and how often: as {@code RINGCODE_BENCH_OPTS} says, or as usual. */
final class Times {
    /** Until the compiler has come to rest. */
    static final Duration WARM_UP = seconds("ringcode.bench.warm-up", 60);

    /** Before a window in processes that are warm: until as many are under way as there will be. */
    static final Duration RAMP = Duration.ofSeconds(2);

    static final int ROUNDS = Integer.getInteger("ringcode.bench.rounds", 5);

    private Times() {}

    static Duration window(int usual) {
        return seconds("ringcode.bench.window", usual);
    }

    private static Duration seconds(String property, int usual) {
        return Duration.ofSeconds(Integer.getInteger(property, usual));
    }
}
