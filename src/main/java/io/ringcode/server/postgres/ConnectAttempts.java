package io.ringcode.server.postgres;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Attempts to connect, which the pools of a server make by turns while the database is away: each asks the next host (round robin), and
 * there are ten a second at most (rate limiter), since a primary that comes back has enough to do. Once one is good, all pools go on at
 * once, with its host.
 *
 * <p>Hosts are counted on from one to the next; who asks them takes the number modulo how many there are.
 */
final class ConnectAttempts {
    private static final long BETWEEN_ATTEMPTS = Duration.ofMillis(100).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean away;
    /** That was good last, or while the database is away the one that is asked next. */
    private int host;
    /** By {@link System#nanoTime()}. */
    private long next;

    /**
     * Waits until the caller may make an attempt.
     *
     * @return the host that it asks
     */
    int await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var left = next - System.nanoTime(); away && left > 0; left = next - System.nanoTime())
                changed.awaitNanos(left);
            next = System.nanoTime() + BETWEEN_ATTEMPTS;
            return away ? host++ : host;
        } finally {
            lock.unlock();
        }
    }

    void good(int asked) {
        lock.lock();
        try {
            away = false;
            host = asked;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An attempt was refused, or has had no answer for a while. Where another host was good meanwhile it says nothing of that one. */
    void failed(int asked) {
        lock.lock();
        try {
            if (away || asked != host) return;
            away = true;
            host = asked + 1;
            next = System.nanoTime() + BETWEEN_ATTEMPTS;
        } finally {
            lock.unlock();
        }
    }
}
