package io.ringcode.batch;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.database.DatabaseSessions;
import io.ringcode.trace.Tracing;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes group commits and batched look-ups, and ends them when the server stops, after all who use them. */
@Component
public class GroupCommits implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommits.class);

    private final JdbcClient db;
    private final DatabaseSessions sessions;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final Tracing tracing;
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile boolean running;

    GroupCommits(
            JdbcClient db,
            DatabaseSessions sessions,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            Tracing tracing) {
        this.db = db;
        this.sessions = sessions;
        this.transaction = new TransactionTemplate(transactions);
        this.meters = meters;
        this.tracing = tracing;
    }

    public synchronized <I, R> GroupCommit<I, R> of(Batch<I, R> batch) {
        var made = new GroupCommit<>(batch, transaction, new BatchSession(db, sessions), meters, tracing);
        open.add(made);
        return made;
    }

    /** @param name of what is looked up, such as {@code user} */
    public synchronized <K, V> BatchedLookup<K, V> lookup(String name, BatchedLookup.Query<K, V> query) {
        var made = new BatchedLookup<>(name, query, GroupCommit.sizes(meters, name));
        open.add(made);
        return made;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Also after a start that failed, when nothing is stopped. */
    @PreDestroy
    void end() {
        stop();
    }

    /** Writes what still waits. */
    @Override
    public synchronized void stop() {
        running = false;
        for (var one : open) {
            try {
                one.close();
            } catch (Exception failure) {
                LOG.warn("A batch could not be ended", failure);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the dispatcher, at 4096 below the top, whose last answers are settled here. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 5120;
    }
}
