package io.ringcode.log.chain;

import io.ringcode.log.chain.LineReader.Range;
import io.ringcode.secret.Keyring;
import io.ringcode.server.LogVerifier.Connections;
import io.ringcode.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the whole log against its chain, by stretches of transactions: since each segment says what it stands behind, stretches are checked at
 * the same time, one by each connection, and joined in their order. All that is read is of one moment.
 */
final class LogVerification implements AutoCloseable {
    /** Lines of a stretch, about. */
    private static final long LINES = 20_000;

    /** As many as there are processors: each line costs PostgreSQL about as much as this program. */
    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final Connections connections;
    private final @Nullable TenantId tenant;
    private final LongConsumer progress;
    private final Map<TenantId, HeadKey> keys = new ConcurrentHashMap<>();
    private final Keyring ring;
    private final Map<String, TenantCheck> checks = new TreeMap<>();
    private final List<Connection> opened = new ArrayList<>();
    private final BlockingQueue<StretchCheck> free = new ArrayBlockingQueue<>(AT_ONCE);
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, task -> Thread.ofPlatform().daemon().unstarted(task));
    private final Deque<Future<Map<String, TenantCheck>>> underWay = new ArrayDeque<>();
    private final Connection main;
    private long lines;

    /** @param tenant null for all */
    LogVerification(Connections connections, Keyring ring, @Nullable TenantId tenant, LongConsumer progress)
            throws SQLException {
        this.connections = connections;
        this.ring = ring;
        this.tenant = tenant;
        this.progress = progress;
        this.main = ofOneMoment();
        try (var statement = main.createStatement()) {
            // Before the moment is chosen: no partition of the log goes until the end, with lines that are seen at that
            // moment.
            statement.execute("LOCK TABLE log_line IN ACCESS SHARE MODE");
        }
        var moment = ask("SELECT pg_export_snapshot()");
        for (int i = 0; i < AT_ONCE; i++) {
            var connection = ofOneMoment();
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION SNAPSHOT '" + moment + "'");
                // A stretch is sorted in memory, and by this connection's own process: there is one for each processor.
                statement.execute("SET LOCAL work_mem = '64MB'");
                statement.execute("SET LOCAL max_parallel_workers_per_gather = 0");
                statement.execute("SET LOCAL jit = off");
            }
            free.add(new StretchCheck(connection, this::key));
        }
    }

    HeadKey key(TenantId of) {
        return keys.computeIfAbsent(of, one -> HeadKey.of(ring, one));
    }

    Connection main() {
        return main;
    }

    private Connection ofOneMoment() throws SQLException {
        var connection = connections.open();
        opened.add(connection);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        return connection;
    }

    private String ask(String sql) throws SQLException {
        try (var statement = main.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** @return by the tenant's id */
    Map<String, TenantCheck> run() throws SQLException, InterruptedException {
        var eras = eras();
        for (int i = 0; i < eras.size(); i++) {
            var era = eras.get(i);
            // The era of now has all ids that are greater than those before.
            var top = i + 1 < eras.size() ? era.topId() : null;
            stretches(era, top);
        }
        while (!underWay.isEmpty()) join();
        return checks;
    }

    List<ChainEpoch> eras() throws SQLException {
        var eras = new ArrayList<ChainEpoch>();
        try (var statement = main.createStatement();
                var row = statement.executeQuery(
                        "SELECT era, written_from, reached, after_id, top_id FROM log_chain_era ORDER BY era")) {
            while (row.next())
                eras.add(new ChainEpoch(
                        row.getInt(1), row.getLong(2), row.getLong(3), row.getString(4), row.getString(5)));
        }
        return eras;
    }

    /** Together they leave no transaction of the era out: a line that was put between those of two runs is seen too. */
    private void stretches(ChainEpoch era, @Nullable String top) throws SQLException, InterruptedException {
        long from = era.from();
        try (var runs = main.prepareStatement("""
                SELECT written_until, sum(lines) FROM log_chain WHERE era = ? AND (?::text IS NULL OR tenant_id = ?)
                 GROUP BY written_until ORDER BY written_until
                """)) {
            var name = tenant == null ? null : tenant.value();
            runs.setInt(1, era.number());
            runs.setString(2, name);
            runs.setString(3, name);
            runs.setFetchSize(1_000);
            try (var row = runs.executeQuery()) {
                long some = 0;
                while (row.next()) {
                    some += row.getLong(2);
                    if (some < LINES) continue;
                    begin(era, new Range(era.afterId(), top, from, row.getLong(1), tenant));
                    from = row.getLong(1);
                    some = 0;
                }
            }
        }
        if (from < era.reached()) begin(era, new Range(era.afterId(), top, from, era.reached(), tenant));
    }

    private void begin(ChainEpoch era, Range range) throws SQLException, InterruptedException {
        if (underWay.size() >= 2 * AT_ONCE) join();
        underWay.add(threads.submit(() -> {
            var check = free.take();
            try {
                return check.check(era.number(), range);
            } finally {
                free.add(check);
            }
        }));
    }

    private void join() throws SQLException, InterruptedException {
        try {
            for (var part : underWay.removeFirst().get().entrySet()) {
                checks.computeIfAbsent(part.getKey(), _ -> new TenantCheck()).join(part.getValue());
                lines += part.getValue().lines();
            }
            progress.accept(lines);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException failure) throw failure;
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        for (var connection : opened) connection.close();
    }
}
