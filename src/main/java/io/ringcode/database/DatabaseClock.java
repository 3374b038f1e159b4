package io.ringcode.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's time, which all servers on it share: this machine's, put right by the offset that was measured last. So leases,
 * limits and expiries agree although machines' clocks do not.
 */
public final class DatabaseClock extends Clock {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

    /** From here on an operator should look after the machine's clock. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    /** Below this a difference may be the network's, and correcting it would only make time jump. */
    private static final Duration SAME = Duration.ofMillis(20);

    private final Clock machine;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private volatile boolean told;

    public DatabaseClock(Clock machine) {
        this.machine = machine;
    }

    /** By the machine's clock alone, for {@link #measured}. */
    public Instant machineTime() {
        return machine.instant();
    }

    /**
     * The database said what time it is.
     *
     * @param before when it was asked, by {@link #machineTime}, and {@code after} when its answer was there
     */
    public void measured(Instant before, Instant database, Instant after) {
        var taken = Duration.between(before, after);
        // The machine's clock was set while the database was asked.
        if (taken.isNegative()) return;
        var found = Duration.between(before.plus(taken.dividedBy(2)), database);
        // Half of what the question took may be an error.
        var error = taken.dividedBy(2).plus(SAME);
        if (found.minus(offset.get()).abs().compareTo(error) > 0)
            offset.set(found.abs().compareTo(error) > 0 ? found : Duration.ZERO);
        tell();
    }

    private void tell() {
        var wrong = offset.get().abs().compareTo(WORTH_TELLING) >= 0;
        if (wrong == told) return;
        told = wrong;
        if (wrong)
            LOG.warn(
                    "This machine's clock is {} s {} the database's, whose time is used: see to its NTP, and the database's",
                    offset.get().abs().toMillis() / 1000.0,
                    offset.get().isNegative() ? "ahead of" : "behind");
        else LOG.info("This machine's clock and the database's agree again");
    }

    /** What is added to the machine's time. */
    public Duration offset() {
        return offset.get();
    }

    /** How far a developer has set it ahead of the database's time; leases and times that SQL asks for itself stay with the database's. */
    public Duration ahead() {
        return ahead.get();
    }

    /** Lets expiries be seen without waiting for them. Only development mode has a door to it. */
    public void setAhead(Duration ahead) {
        if (ahead.isNegative()) throw new IllegalArgumentException("A clock is not set back");
        this.ahead.set(ahead);
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(offset.get()).plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Time is told in UTC");
    }
}
