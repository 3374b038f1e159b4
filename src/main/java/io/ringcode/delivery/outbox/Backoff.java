package io.ringcode.delivery.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Exponential backoff between attempts: about 1 s, 2 s, 4 s … 30 s, and never before the carrier wants to be asked. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Backoff() {}

    /**
     * A quarter more or less by chance, so that what failed together does not come back together; of the time that a
     * carrier asked for, only more.
     *
     * @param attempt the one that failed, from 1
     */
    public static Duration after(int attempt, @Nullable Duration retryAfter, RandomGenerator random) {
        var plain = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
        var wait = plain.compareTo(LONGEST) < 0 ? plain : LONGEST;
        if (retryAfter != null && retryAfter.compareTo(wait) >= 0)
            return retryAfter.plus(scaled(FIRST, random.nextDouble()));
        return scaled(wait, 0.75 + random.nextDouble() / 2);
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }
}
