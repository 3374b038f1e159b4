package io.ringcode.batch;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.ringcode.database.BatchWork;
import io.ringcode.database.DatabaseTrouble;
import io.ringcode.database.LostConnection;
import io.ringcode.database.SqlState;
import io.ringcode.trace.Attribute;
import io.ringcode.trace.Span;
import io.ringcode.trace.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Group commit (smart batching): a writer thread takes all items that wait, has them written in one transaction, and then
 * tells each caller its own result. Alone, an item is written at once; under load, what
 * gathers during one commit, and for a moment after it, is the next batch.
 *
 * <p>Each item is all or nothing by itself. A batch that holds an item which must be rolled back is written again without it.
 * A batch that fails before its commit is rolled back and its halves are written one after the other, until the item that is to
 * blame is alone. A batch waits only briefly for a row that is locked: the item that needs the row goes on in its caller's
 * own thread. Where the
 * connection is lost the batch is written again ({@link LostConnection}), unless its commit was under way: then nobody knows what the database
 * kept, and all callers get the failure.
 */
public final class GroupCommit<I, R> implements AutoCloseable {
    static final int MOST_IN_BATCH = 64;
    static final int MOST_WAITING = 4_096;
    /** Of one key, so that who repeats himself fills the queue for nobody else. */
    static final int MOST_OF_ONE_KEY = 128;

    private static final int TRIES = 4;
    private static final int MOST_APART = 4;
    private static final Duration LONGEST_APART = Duration.ofSeconds(2);
    private static final Duration LAST_BATCHES = Duration.ofSeconds(10);

    private final Batch<I, R> batch;
    private final TransactionTemplate transaction;
    private final BatchSession session;
    private final DistributionSummary sizes;
    private final Timer commits;
    private final Tracing tracing;
    private final WaitingItems<Entry<I, R>> waiting;
    private final Semaphore locked = new Semaphore(MOST_APART);
    private final Thread writer;

    GroupCommit(
            Batch<I, R> batch,
            TransactionTemplate transaction,
            BatchSession session,
            MeterRegistry meters,
            Tracing tracing) {
        this.batch = batch;
        this.transaction = transaction;
        this.session = session;
        this.tracing = tracing;
        this.waiting = new WaitingItems<>(MOST_WAITING, MOST_OF_ONE_KEY, batch.gathering());
        var lane = Tags.of("lane", batch.name());
        this.sizes = sizes(meters, batch.name());
        this.commits = Timer.builder("ringcode.batch.time")
                .description("From the begin of a batch's transaction to its end")
                .tags(lane)
                .register(meters);
        meters.gauge("ringcode.batch.waiting", lane, waiting, WaitingItems::size);
        this.writer = Thread.ofPlatform()
                .name("group-commit-" + batch.name())
                .daemon()
                .start(() -> BatchWork.run(this::run));
    }

    static DistributionSummary sizes(MeterRegistry meters, String lane) {
        return DistributionSummary.builder("ringcode.batch.size")
                .description("Items that were written or looked up at once")
                .tag("lane", lane)
                .register(meters);
    }

    /**
     * Writes one item together with those of other callers, and waits for the commit.
     *
     * @throws TooBusy when too many wait already, or the server is stopping; then nothing was written
     * @throws DataAccessException when the database failed; then the item was written as a whole or not at all
     * @throws IllegalStateException inside a transaction, which the writer's own could wait for
     */
    public R submit(I item) {
        if (TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("The item would be written by another transaction than the caller's");
        try (var _ = span()) {
            var entry = new Entry<I, R>(item, batch.key(item));
            if (!waiting.add(entry)) throw new TooBusy("items for the batch " + batch.name());
            return entry.awaitUnlessRemoved(waiting);
        }
    }

    /** Of the caller, from here to the commit: the writer's thread works for many callers, and traces for none of them. */
    private Span span() {
        return tracing.part("commit").with(Attribute.LANE, batch.name());
    }

    /** Writes one item in a transaction of its own, by the same statements, in the caller's thread. */
    public R alone(I item) {
        try (var _ = span()) {
            return written(item);
        }
    }

    private R written(I item) {
        for (int tries = TRIES; ; tries--) {
            try {
                return write(List.of(item)).getFirst();
            } catch (Redo rolledBack) {
                if (!rolledBack.isTransient() || rolledBack.isLocked() || tries == 1) throw rolledBack.reason();
            }
        }
    }

    private void run() {
        while (true) {
            List<Entry<I, R>> taken = List.of();
            try {
                taken = waiting.take(MOST_IN_BATCH);
                if (taken.isEmpty()) return;
                var start = System.nanoTime();
                write(taken, TRIES);
                commits.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            } catch (Throwable failure) {
                // A writer that dies would leave all callers waiting.
                for (var entry : taken) entry.failed(failure);
            }
        }
    }

    private void write(List<Entry<I, R>> entries, int tries) {
        try {
            var results = write(entries.stream().map(Entry::item).toList());
            sizes.record(entries.size());
            for (int i = 0; i < entries.size(); i++) entries.get(i).done(results.get(i));
        } catch (Undone rolledBack) {
            var kept = new ArrayList<Entry<I, R>>();
            for (int i = 0; i < entries.size(); i++) if (!rolledBack.places.get(i)) kept.add(entries.get(i));
            if (!kept.isEmpty()) write(kept, TRIES);
            for (int i = 0; i < entries.size(); i++) if (rolledBack.places.get(i)) writeApart(entries.get(i));
        } catch (Redo rolledBack) {
            if (rolledBack.isLocked()) entries.forEach(this::writeApart);
            else if (entries.size() > 1) {
                var half = entries.size() / 2;
                write(entries.subList(0, half), TRIES);
                write(entries.subList(half, entries.size()), TRIES);
            } else if (rolledBack.isTransient() && tries > 1) write(entries, tries - 1);
            else entries.forEach(entry -> entry.failed(rolledBack.reason()));
        } catch (Throwable failure) {
            entries.forEach(entry -> entry.failed(failure));
        }
    }

    /** Leaves an item to its caller's own thread, which may wait for what it needs without making others wait. */
    private void writeApart(Entry<I, R> entry) {
        entry.leave(() -> apart(entry.item()));
    }

    /** Few at once, so that a table which somebody has locked does not take all connections. */
    private R apart(I item) {
        try {
            if (!locked.tryAcquire(LONGEST_APART.toMillis(), TimeUnit.MILLISECONDS)) throw new TooBusy("locked rows");
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new TooBusy("callers that do not wait");
        }
        try {
            return written(item);
        } finally {
            locked.release();
        }
    }

    /** @throws Redo when the transaction was rolled back for a reason that may lie in one of several items */
    private List<R> write(List<I> items) {
        var end = new End();
        try {
            return Objects.requireNonNull(LostConnection.retry(transaction, status -> {
                TransactionSynchronizationManager.registerSynchronization(end);
                if (BatchWork.isUnderWay()) session.begin(items.size());
                var results = batch.write(items);
                var undone = new BitSet();
                for (int i = 0; i < results.size(); i++) undone.set(i, batch.undone(results.get(i)));
                if (!undone.isEmpty()) {
                    if (items.size() > 1) throw new Undone(undone);
                    status.setRollbackOnly();
                }
                return results;
            }));
        } catch (RuntimeException failure) {
            if (failure instanceof Undone || !end.rolledBack || isNobodysFault(failure)) throw failure;
            throw new Redo(failure);
        }
    }

    /** A row that stayed locked may be the trouble of one item; all else that ails the database is that of all of them. */
    private static boolean isNobodysFault(RuntimeException failure) {
        return DatabaseTrouble.isMeantBy(failure) && !SqlState.LOCK_NOT_AVAILABLE.equals(SqlState.of(failure));
    }

    /** How the transaction ended, also where what is done just before its commit fails. */
    private static final class End implements TransactionSynchronization {
        private boolean rolledBack;

        @Override
        public void afterCompletion(int status) {
            rolledBack = status == STATUS_ROLLED_BACK;
        }
    }

    /** Nothing of a batch has been written, since some of its items must not stay. */
    private static final class Undone extends RuntimeException {
        private final transient BitSet places;

        Undone(BitSet places) {
            super(null, null, false, false);
            this.places = places;
        }
    }

    /** Nothing of a batch has been written; its items may be written again. */
    private static final class Redo extends RuntimeException {
        private final RuntimeException reason;

        Redo(RuntimeException reason) {
            super(null, reason, false, false);
            this.reason = reason;
        }

        RuntimeException reason() {
            return reason;
        }

        /** Whether a row stayed locked for longer than a batch waits. */
        boolean isLocked() {
            return SqlState.LOCK_NOT_AVAILABLE.equals(SqlState.of(reason));
        }

        /** Whether the same items may pass at the next try, such as after a deadlock. */
        boolean isTransient() {
            return reason instanceof ConcurrencyFailureException;
        }
    }

    /** Takes no more items, and waits until those that wait are written. */
    @Override
    public void close() {
        waiting.close();
        try {
            writer.join(LAST_BATCHES);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
