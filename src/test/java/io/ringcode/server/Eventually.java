package io.ringcode.server;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another process brings about, as long as it takes and not longer than half a minute. */
public final class Eventually {
    private Eventually() {}

    public static void holds(String what, Callable<Boolean> condition) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) throw new AssertionError("Not within 30 s: " + what);
            Thread.sleep(20);
        }
    }
}
