package io.ringcode.delivery;

import io.ringcode.delivery.outbox.Dispatcher;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Callers are told that a carrier took their message before its row says so. Tests look at rows after that. */
public final class LateRows {
    /** A test that keeps the database from writing does not wait for longer. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private LateRows() {}

    public static void await(Dispatcher dispatcher) {
        var end = System.nanoTime() + LONGEST.toNanos();
        while (dispatcher.unwritten() > 0 && System.nanoTime() < end) LockSupport.parkNanos(100_000);
    }
}
