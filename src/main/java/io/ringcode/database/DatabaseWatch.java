package io.ringcode.database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Health monitor of the database. It checks when somebody asks or a request met trouble, at most once a second, and while the
 * database is away four times a second, so that its return is noticed at once. The log says when it goes and when it is back.
 */
@Component
public final class DatabaseWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(250);

    /** Longest that readiness waits for a check; probes commonly give up after a second. */
    private static final Duration LONGEST_ANSWER = Duration.ofMillis(900);

    /** What has no room fails some writes and not others, so that one that passes proves little. */
    private static final Duration FULL_LASTS = Duration.ofSeconds(5);

    /** For as long a request waits for a connection, in the hope that the database is back. */
    public static final Duration WORTH_WAITING = Duration.ofSeconds(2);

    private static final Duration ONE_LINE = Duration.ofMinutes(1);

    private final DatabaseCheck check;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Condition checked = lock.newCondition();
    private final AtomicInteger untold = new AtomicInteger();

    private boolean wanted;
    private volatile boolean closing;
    /** When the last check ended, and when it had begun; by {@link System#nanoTime()}, as is every moment here. */
    private long endedAt = System.nanoTime() - FRESH.toNanos();

    private long provenAt = endedAt - FRESH.toNanos();
    private volatile long fullUntil = endedAt;
    private volatile long toldAt = endedAt - ONE_LINE.toNanos();
    private volatile @Nullable Away away;

    /** @param trouble null for a failure of another kind, such as a table that is missing */
    private record Away(long at, @Nullable DatabaseTrouble trouble, String words) {
        Duration lasting() {
            return Duration.ofNanos(System.nanoTime() - at);
        }
    }

    public DatabaseWatch(DatabaseCheck check, MeterRegistry meters, Clock clock) {
        this.clock = clock;
        this.check = check;
        this.meters = meters;
        Gauge.builder("ringcode.database.up", () -> away == null ? 1 : 0)
                .description("Whether the database takes writes")
                .register(meters);
        Gauge.builder("ringcode.database.away.seconds", () -> awayFor().toMillis() / 1000.0)
                .description("For how long the database has been away; 0 while it serves")
                .register(meters);
        this.thread = Thread.ofPlatform().name("database-watch").daemon().start(this::watch);
    }

    /** Whether the database takes writes: by a check that is at most a second old, and answered within a second. */
    public boolean isReady() {
        var oldest = System.nanoTime() - FRESH.toNanos();
        lock.lock();
        try {
            var left = LONGEST_ANSWER.toNanos();
            while (provenAt - oldest < 0) {
                if (left <= 0) return false;
                wanted = true;
                asked.signal();
                left = checked.awaitNanos(left);
            }
            return away == null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Since when the server cannot serve; empty while it can. */
    public Optional<Instant> awaySince() {
        var now = away;
        return now == null ? Optional.empty() : Optional.of(clock.instant().minus(now.lasting()));
    }

    /** Zero while it serves. */
    public Duration awayFor() {
        var now = away;
        return now == null ? Duration.ZERO : now.lasting();
    }

    /** Whether it is no use to wait for a connection, since there has been none for longer than anybody waits. */
    public boolean isLongAway() {
        var now = away;
        return now != null
                && now.trouble() == DatabaseTrouble.UNREACHABLE
                && now.lasting().compareTo(WORTH_WAITING) > 0;
    }

    /** Tells of a failure that somebody met, which the next check looks into. */
    public void met(DatabaseTrouble trouble, Throwable failure) {
        Counter.builder("ringcode.database.failures")
                .description("Work that the database failed")
                .tag("trouble", trouble.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
        if (trouble == DatabaseTrouble.FULL) fullUntil = System.nanoTime() + FULL_LASTS.toNanos();
        tellThatOnlySomeFail(trouble, failure);
        lock.lock();
        try {
            // What was proven before says nothing any more.
            provenAt = System.nanoTime() - 2 * FRESH.toNanos();
            wanted = true;
            asked.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What the check does not find has to be told all the same, in a line a minute. */
    private void tellThatOnlySomeFail(DatabaseTrouble trouble, Throwable failure) {
        if (trouble != DatabaseTrouble.SLOW || away != null) return;
        var count = untold.incrementAndGet();
        var now = System.nanoTime();
        if (now - toldAt < ONE_LINE.toNanos()) return;
        toldAt = now;
        untold.addAndGet(-count);
        LOG.warn(
                "The database was {} for a statement (SQLSTATE {}), which was given up; such failures since the last line: {}",
                trouble.words(),
                SqlState.of(failure),
                count);
    }

    private void watch() {
        while (!closing) {
            try {
                await();
                look();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error failure) {
                LOG.warn("The database was not checked; the next check follows", failure);
            }
        }
    }

    /** Until a check is due. */
    private void await() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                var left = BETWEEN_CHECKS.toNanos() - (System.nanoTime() - endedAt);
                if (away == null && !wanted) asked.await();
                else if (left > 0) left = asked.awaitNanos(left);
                else break;
            }
            wanted = false;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        var start = System.nanoTime();
        Away problem = null;
        try {
            check.run();
            if (start - fullUntil < 0) problem = new Away(start, DatabaseTrouble.FULL, DatabaseTrouble.FULL.words());
        } catch (SQLException failure) {
            problem = problem(start, failure);
        }
        lock.lock();
        try {
            endedAt = System.nanoTime();
            provenAt = start;
            if (problem == null) end();
            else begin(problem);
            checked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Away problem(long at, SQLException failure) {
        var trouble = DatabaseTrouble.of(failure);
        var state = SqlState.of(failure);
        var words = (trouble == null ? "failing" : trouble.words()) + (state == null ? "" : ", SQLSTATE " + state);
        return new Away(at, trouble, words);
    }

    private void begin(Away problem) {
        var before = away;
        away = before == null ? problem : new Away(before.at(), problem.trouble(), problem.words());
        if (before == null && !closing)
            LOG.error("The database is away ({}): requests are answered 503 until it is back", problem.words());
    }

    private void end() {
        var before = away;
        away = null;
        if (before != null)
            LOG.info("The database is back after {} s", before.lasting().toMillis() / 1000.0);
    }

    @PreDestroy
    void close() {
        closing = true;
        thread.interrupt();
    }
}
