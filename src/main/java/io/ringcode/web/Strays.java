package io.ringcode.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts requests for what is not there, and tells of them in one line a minute, so that a scanner does not fill the log. */
final class Strays {
    private static final Logger LOG = LoggerFactory.getLogger(Strays.class);
    private static final Duration ONE_LINE = Duration.ofMinutes(1);

    private final Clock clock;
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);
    private final AtomicInteger untold = new AtomicInteger();

    Strays(Clock clock) {
        this.clock = clock;
    }

    /** The address is not told: it is a stranger's text. */
    void note() {
        var count = untold.incrementAndGet();
        var now = clock.instant();
        var due = next.get();
        if (now.isBefore(due) || !next.compareAndSet(due, now.plus(ONE_LINE))) return;
        untold.addAndGet(-count);
        LOG.warn("Requests for addresses that are not there, since the last such line: {}", count);
    }
}
