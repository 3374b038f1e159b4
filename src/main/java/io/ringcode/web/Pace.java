package io.ringcode.web;

import java.time.Duration;

/**
 * How slow a connection may be: the time that was spent waiting for it, against the bytes that went over it. Counted over a
 * whole request, so that a byte now and then buys no time. What a handler takes for itself does not count.
 */
final class Pace {
    private static final long GRACE = Duration.ofSeconds(10).toNanos();
    private static final long BYTES_A_SECOND = 1024;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long waited;
    private long bytes;

    /** @param from as {@link System#nanoTime()} gave it before the call that moved {@code moved} bytes */
    void count(long from, int moved, String what) throws ConnectionTooSlow {
        waited += System.nanoTime() - from;
        bytes += Math.max(0, moved);
        if (waited > GRACE + bytes / BYTES_A_SECOND * SECOND) throw new ConnectionTooSlow(what);
    }
}
