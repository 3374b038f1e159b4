package io.ringcode.batch;

import io.micrometer.core.instrument.DistributionSummary;
import io.ringcode.database.DatabaseTrouble;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Batched look-ups (a data loader): what many callers want to read at the same time becomes one query. A caller with a
 * transaction reads by the same query in it.
 */
public final class BatchedLookup<K, V> implements AutoCloseable {
    private static final int MOST_IN_QUERY = 64;

    /** Reads what there is of several keys. */
    public interface Query<K, V> {
        Map<K, V> find(List<K> keys);
    }

    private final String name;
    private final Query<K, V> query;
    private final DistributionSummary sizes;
    private final WaitingItems<Entry<K, Optional<V>>> waiting =
            new WaitingItems<>(GroupCommit.MOST_WAITING, GroupCommit.MOST_OF_ONE_KEY, Gathering.BRIEF);

    BatchedLookup(String name, Query<K, V> query, DistributionSummary sizes) {
        this.name = name;
        this.query = query;
        this.sizes = sizes;
        Thread.ofPlatform().name("lookup-" + name).daemon().start(this::run);
    }

    /**
     * What was stored under a key when this was called, or later.
     *
     * @throws TooBusy when too many wait already, or the server is stopping
     * @throws DataAccessException when the database failed
     */
    public Optional<V> find(K key) {
        if (TransactionSynchronizationManager.isActualTransactionActive())
            return Optional.ofNullable(query.find(List.of(key)).get(key));
        // Those who ask for the same share a query, which begins after all of them have asked.
        var entry = new Entry<K, Optional<V>>(key, new Object());
        if (!waiting.add(entry)) throw new TooBusy("look-ups of " + name);
        return entry.awaitUnlessRemoved(waiting);
    }

    private void run() {
        while (true) {
            List<Entry<K, Optional<V>>> taken = List.of();
            try {
                taken = waiting.take(MOST_IN_QUERY);
                if (taken.isEmpty()) return;
                sizes.record(taken.size());
                answer(taken);
            } catch (Throwable failure) {
                // A thread that dies would leave all callers waiting.
                for (var entry : taken) entry.failed(failure);
            }
        }
    }

    /** A key that no query can be made of costs nobody else. */
    private void answer(List<Entry<K, Optional<V>>> entries) {
        try {
            var found = query.find(entries.stream().map(Entry::item).distinct().toList());
            for (var entry : entries) entry.done(Optional.ofNullable(found.get(entry.item())));
        } catch (Throwable failure) {
            if (entries.size() == 1 || DatabaseTrouble.isMeantBy(failure))
                entries.forEach(entry -> entry.failed(failure));
            else for (var entry : entries) answer(List.of(entry));
        }
    }

    @Override
    public void close() {
        waiting.close();
    }
}
