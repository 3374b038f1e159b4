package io.ringcode.log.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.log.stream.LogStreamTable.Held;
import io.ringcode.schedule.RecurringTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Carries the log streams that this server holds, each by one thread at a time. A stream is leased to one server; when that
 * dies, another one takes it a minute later, and sends again what it does not know to be taken.
 */
@Component
class StreamDelivery implements RecurringTask, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(StreamDelivery.class);
    private static final int AT_ONCE = 32;
    private static final Duration LAST_RUNS = Duration.ofSeconds(10);

    private final LogStreamTable table;
    private final StreamRun runs;
    private final Clock clock;
    private final UUID server = UUID.randomUUID();
    private final Map<String, Carried> carried = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("log-stream-", 0).factory());
    private Instant heldAt = Instant.EPOCH;

    StreamDelivery(LogStreamTable table, StreamRun runs, Clock clock, MeterRegistry meters) {
        this.table = table;
        this.runs = runs;
        this.clock = clock;
        meters.gaugeMapSize("ringcode.log_stream.carried", java.util.List.of(), carried);
        meters.gauge(
                "ringcode.log_stream.failing",
                carried,
                all -> all.values().stream()
                        .filter(one -> one.failures.get() > 0)
                        .count());
    }

    /** What this server knows of a stream that it holds. */
    static final class Carried {
        private final AtomicBoolean busy = new AtomicBoolean();
        /** Where to go on: at least as far as what is stored. Null before the first run. */
        volatile @Nullable Cursor cursor;

        volatile Instant savedAt = Instant.EPOCH;
        volatile Instant notBefore = Instant.EPOCH;
        /** The settings that the wait is about; null where there is none. */
        volatile @Nullable LogStream failed;

        final AtomicInteger failures = new AtomicInteger();
        /** When something was taken the last time; null while this server holds it. */
        volatile @Nullable Instant workedAt;

        /** Whoever puts a failing stream right waits for nothing. */
        boolean waits(LogStream stream, Instant now) {
            var before = failed;
            return now.isBefore(notBefore) && (before == null || before.sendsAs(stream));
        }
    }

    @Override
    public String name() {
        return "log-streams";
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(500);
    }

    @Override
    public void run() {
        var now = clock.instant();
        if (table.areFree(now) || Duration.between(heldAt, now).compareTo(LogStreamTable.HELD.dividedBy(3)) > 0) {
            table.hold(server, now);
            heldAt = now;
        }
        var held = table.held(server, now);
        carried.keySet().retainAll(held.stream().map(StreamDelivery::key).collect(Collectors.toSet()));
        for (var one : held) {
            var state = carried.computeIfAbsent(key(one), _ -> new Carried());
            if (state.waits(one.stream(), now) || state.busy.get() || !places.tryAcquire()) continue;
            state.busy.set(true);
            threads.execute(() -> carry(one, state));
        }
    }

    private static String key(Held held) {
        return held.stream().tenant().value() + " " + held.stream().id();
    }

    private void carry(Held held, Carried state) {
        try {
            runs.run(server, held, state);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("The log stream {} is tried again: {}", held.stream().id(), failure.toString());
        } finally {
            state.busy.set(false);
            places.release();
        }
    }

    /** What is not taken yet is sent by another server. */
    @Override
    public void destroy() throws InterruptedException {
        threads.shutdownNow();
        if (!threads.awaitTermination(LAST_RUNS.toMillis(), TimeUnit.MILLISECONDS) || heldAt.equals(Instant.EPOCH))
            return;
        try {
            table.release(server);
        } catch (RuntimeException databaseAway) {
            LOG.info("The log streams of this server go on elsewhere within a minute");
        }
    }
}
