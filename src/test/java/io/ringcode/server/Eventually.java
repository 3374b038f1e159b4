package io.ringcode.server;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another process brings about, as long as it takes and not longer than a minute, or than is said. */
public final class Eventually {
    private Eventually() {}

    public static void holds(String what, Callable<Boolean> condition) throws Exception {
        holds(what, Duration.ofMinutes(1), condition);
    }

    public static void holds(String what, Duration longest, Callable<Boolean> condition) throws Exception {
        var deadline = System.nanoTime() + longest.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline)
                throw new AssertionError("Not within " + longest.toSeconds() + " s: " + what);
            Thread.sleep(20);
        }
    }
}
