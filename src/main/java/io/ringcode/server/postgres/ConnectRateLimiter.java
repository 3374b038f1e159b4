package io.ringcode.server.postgres;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rate limiter of attempts to connect, which the pools of a server share while the database is away: a primary that comes back has enough
 * to do. Once one attempt is good, all go on at once.
 */
final class ConnectRateLimiter {
    private static final long BETWEEN_ATTEMPTS = Duration.ofMillis(100).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean away;
    /** By {@link System#nanoTime()}. */
    private long next;

    /** Waits until the caller may make an attempt. */
    void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var left = next - System.nanoTime(); away && left > 0; left = next - System.nanoTime())
                changed.awaitNanos(left);
            next = System.nanoTime() + BETWEEN_ATTEMPTS;
        } finally {
            lock.unlock();
        }
    }

    void good() {
        lock.lock();
        try {
            away = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An attempt was refused, or has had no answer for a while. */
    void failed() {
        lock.lock();
        try {
            if (!away) next = System.nanoTime() + BETWEEN_ATTEMPTS;
            away = true;
        } finally {
            lock.unlock();
        }
    }
}
