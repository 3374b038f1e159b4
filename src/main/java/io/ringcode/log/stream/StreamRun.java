package io.ringcode.log.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.log.stream.LogReader.Line;
import io.ringcode.log.stream.LogStream.Failure;
import io.ringcode.log.stream.LogStream.Status;
import io.ringcode.log.stream.LogStreamTable.Held;
import io.ringcode.log.stream.StreamDelivery.Carried;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends what a stream has not taken yet, in order, until nothing is left or something is not taken. */
@Component
class StreamRun {
    /** Between the three tries. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofSeconds(1));

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 8;

    /** The cursor is stored, and the settings are read, so often at most. What was sent since then goes twice when a server dies. */
    private static final Duration SAVES = Duration.ofMillis(500);

    /** An empty stretch of the log is read again rather than stored at each turn. */
    private static final Duration IDLE_SAVES = Duration.ofSeconds(20);

    private static final int FAILURES_SHOWN = 10;
    private static final Duration FAILURES_KEPT = Duration.ofDays(5);
    private static final Duration TOLD_AFTER = Duration.ofDays(1);
    private static final Duration SUSPENDED_AFTER = Duration.ofDays(7);

    private final LogReader reader;
    private final LogStreamTable table;
    private final StreamSender sender;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;
    private final Clock clock;

    StreamRun(
            LogReader reader,
            LogStreamTable table,
            StreamSender sender,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Clock clock) {
        this.reader = reader;
        this.table = table;
        this.sender = sender;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    void run(UUID server, Held held, Carried state) throws InterruptedException {
        var stream = held.stream();
        var cursor = state.cursor == null ? held.cursor() : state.cursor;
        Instant sent = null;
        boolean more = true;
        while (more) {
            var page = reader.after(stream.tenant(), cursor, held.startFrom());
            if (page.next() == null) {
                startAnew(server, stream, state);
                return;
            }
            for (var batch : batches(stream, page.lines())) {
                try {
                    send(server, held, batch);
                } catch (StreamFailed failure) {
                    save(server, stream, state, cursor, sent);
                    failed(server, held, state, String.valueOf(failure.getMessage()));
                    return;
                }
                state.failures.set(0);
                state.workedAt = clock.instant();
                cursor = batch.getLast().taken();
                sent = batch.getLast().record().date().instant();
                if (isDue(state, SAVES)) {
                    save(server, stream, state, cursor, sent);
                    // Other settings than these are for the next run.
                    if (changed(server, held)) return;
                    sent = null;
                }
            }
            cursor = page.next();
            more = page.more();
        }
        if (sent != null || isDue(state, IDLE_SAVES)) save(server, stream, state, cursor, sent);
        state.cursor = cursor;
    }

    private boolean changed(UUID server, Held held) {
        return table.stillHeld(server, held.stream(), clock.instant())
                .filter(now -> now.stream().sendsAs(held.stream()))
                .isEmpty();
    }

    private List<List<Line>> batches(LogStream stream, List<Line> lines) {
        var wanted =
                lines.stream().filter(line -> stream.carries(line.record())).toList();
        var most = sender.most(stream);
        var batches = new ArrayList<List<Line>>();
        for (int from = 0; from < wanted.size(); from += most)
            batches.add(wanted.subList(from, Math.min(from + most, wanted.size())));
        return batches;
    }

    private void send(UUID server, Held held, List<Line> batch) throws StreamFailed, InterruptedException {
        var stream = held.stream();
        var records = batch.stream().map(Line::record).toList();
        for (int failures = 0; ; failures++) {
            try {
                sender.send(stream, records);
                meters.counter(
                                "ringcode.log_stream.records",
                                "type",
                                stream.sink().type())
                        .increment(records.size());
                return;
            } catch (StreamFailed failure) {
                if (failures == PAUSES.size()) throw failure;
                Thread.sleep(PAUSES.get(failures));
                if (changed(server, held)) throw failure;
            }
        }
    }

    private boolean isDue(Carried state, Duration after) {
        return !clock.instant().isBefore(state.savedAt.plus(after));
    }

    private void save(UUID server, LogStream stream, Carried state, Cursor cursor, @Nullable Instant sent) {
        var now = clock.instant();
        table.advance(server, stream, cursor, sent, now);
        state.cursor = cursor;
        state.savedAt = now;
    }

    private void failed(UUID server, Held held, Carried state, String message) {
        var now = clock.instant();
        var stream = held.stream();
        var failed = state.failures.incrementAndGet();
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(failed - 1, MOST_DOUBLINGS));
        state.failed = stream;
        state.notBefore = now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        meters.counter("ringcode.log_stream.failures", "type", stream.sink().type())
                .increment();
        var failures = new ArrayList<>(stream.failures());
        failures.add(new Failure(now, message));
        failures.removeIf(one -> one.at().isBefore(now.minus(FAILURES_KEPT)));
        var last = failures.subList(Math.max(0, failures.size() - FAILURES_SHOWN), failures.size());
        var since = stream.failingSince();
        // What was taken meanwhile begins a new row of failures.
        if (since == null || (state.workedAt != null && state.workedAt.isAfter(since))) since = now;
        var first = since;
        transaction.executeWithoutResult(_ -> tell(server, held, last, first, now));
    }

    private void tell(UUID server, Held held, List<Failure> failures, Instant since, Instant now) {
        var stream = held.stream();
        var suspended = since.plus(SUSPENDED_AFTER).isBefore(now);
        var day = since.plus(TOLD_AFTER).isBefore(now);
        table.failed(server, stream, suspended ? Status.SUSPENDED : Status.ACTIVE, day, failures, since);
        if (suspended)
            events.publishEvent(new LogStreamEvent.Suspended(stream.tenant(), stream.id(), stream.name(), since));
        else if (day && !held.failureTold())
            events.publishEvent(new LogStreamEvent.StillFailing(stream.tenant(), stream.id(), stream.name(), since));
    }

    private void startAnew(UUID server, LogStream stream, Carried state) {
        var last = stream.sentUntil() == null ? clock.instant() : stream.sentUntil();
        table.startAnew(server, stream, last);
        state.cursor = null;
    }
}
