package io.ringcode.server.postgres;

import io.ringcode.server.postgres.DatabaseTarget.Way;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Data source that opens a pool's connections, each with its {@link ConnectionTimes}. Where the database is away it tries again until it
 * is back, as often as {@link ConnectAttempts} let it: a pool by itself would pause up to five seconds between its attempts.
 * Attempts are hedged: beside one that gets no answer, of a proxy that still leads to a dead primary, say, or of a host that is frozen,
 * another is made, and the first that is good counts. Of several hosts each attempt asks one; the driver would ask all, one after the other, and wait for one
 * that is frozen each time.
 */
final class PostgresConnections extends AbstractDataSource implements AutoCloseable {
    /** An attempt usually takes milliseconds. After so long another is made beside it: ten at most, as the first then times out. */
    private static final Duration NO_ANSWER_YET = Duration.ofMillis(400);

    private static final Duration LONG = Duration.ofSeconds(1);

    /** For so long a connection that came after another waits for the pool to ask for its next. */
    private static final Duration SPARE = Duration.ofSeconds(1);

    /** SQLSTATE sqlclient_unable_to_establish_sqlconnection. */
    private static final String NO_ANSWER = "08001";

    /** SQLSTATE read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";

    private final DatabaseStart database;
    private final ConnectionTimes times;
    private final ConnectAttempts attempts;
    private final Duration hedge;
    private final Queue<Connection> spares = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;
    /** Since when no attempt was answered, be it by a refusal; 0 where none is under way. */
    private volatile long unansweredSince;

    private volatile @Nullable SQLException failure;

    PostgresConnections(DatabaseStart database, ConnectionTimes times, ConnectAttempts attempts) {
        this(database, times, attempts, NO_ANSWER_YET);
    }

    /** @param hedge after how long without an answer another attempt is made beside the first */
    PostgresConnections(DatabaseStart database, ConnectionTimes times, ConnectAttempts attempts, Duration hedge) {
        this.hedge = hedge;
        this.database = database;
        this.times = times;
        this.attempts = attempts;
    }

    @Override
    public Connection getConnection() throws SQLException {
        for (var spare = spares.poll(); spare != null; spare = spares.poll()) if (spare.isValid(1)) return spare;
        return first(database.ready());
    }

    /** Waits until an attempt is good. */
    Connection first(DatabaseTarget target) throws SQLException {
        var hosts = target.hosts();
        var first = new CompletableFuture<Connection>();
        unansweredSince = System.nanoTime();
        try {
            while (true) {
                var asked = attempts.await();
                if (closed) throw new SQLException("The pool is closed", NO_ANSWER, failure);
                var host = hosts.get(Math.floorMod(asked, hosts.size()));
                if (!isAnswered(attempt(host, asked, first), first)) attempts.failed(asked);
                if (first.isDone()) return first.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SQLException("The wait was ended", NO_ANSWER, stopped);
        } finally {
            unansweredSince = 0;
            // What comes later is a spare.
            first.cancel(false);
        }
    }

    private CompletableFuture<Void> attempt(DatabaseTarget host, int asked, CompletableFuture<Connection> first) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        var connection = open(host, times);
                        failure = null;
                        attempts.good(asked);
                        if (!first.complete(connection)) keepForAMoment(connection);
                    } catch (SQLException away) {
                        if (first.isDone()) return;
                        failure = away;
                        unansweredSince = System.nanoTime();
                        attempts.failed(asked);
                    }
                },
                Thread::startVirtualThread);
    }

    private void keepForAMoment(Connection connection) throws SQLException {
        spares.add(connection);
        try {
            Thread.sleep(SPARE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (spares.remove(connection)) connection.close();
    }

    /** @return false where it has had none for so long that another attempt is due */
    private boolean isAnswered(CompletableFuture<Void> attempt, CompletableFuture<Connection> first)
            throws InterruptedException {
        try {
            CompletableFuture.anyOf(attempt, first).get(hedge.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException silent) {
            return false;
        } catch (ExecutionException broken) {
            if (broken.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(broken.getCause());
        }
    }

    /** What the newest attempt failed with, or that they get no answer; null where it was good. */
    @Nullable
    SQLException failure() {
        var since = unansweredSince;
        var silent = since != 0 && System.nanoTime() - since > LONG.toNanos();
        return silent ? new SQLException("No answer", NO_ANSWER) : failure;
    }

    /** @throws SQLException also for a standby: there is a primary elsewhere, to which the same address may lead soon */
    static Connection open(DatabaseTarget target, ConnectionTimes times) throws SQLException {
        var properties = times.properties();
        if (target.username() != null) properties.setProperty("user", target.username());
        var password = target.password().current();
        if (password != null) properties.setProperty("password", password);
        if (target.way() == Way.POOLER) properties.setProperty("prepareThreshold", "0");
        var connection = connect(target, properties);
        try {
            if ("on".equals(connection.unwrap(PGConnection.class).getParameterStatus("in_hot_standby")))
                throw new SQLException("This database is a standby", READ_ONLY);
            if (target.way() == Way.SESSION) {
                try (var statement = connection.createStatement()) {
                    statement.execute(times.sql());
                }
            }
            return connection;
        } catch (SQLException unfit) {
            connection.close();
            throw unfit;
        }
    }

    private static Connection connect(DatabaseTarget target, Properties properties) throws SQLException {
        try {
            return DriverManager.getConnection(target.url(), properties);
        } catch (SQLException failure) {
            if (DatabasePassword.REFUSED.equals(failure.getSQLState()) || "28000".equals(failure.getSQLState()))
                target.password().refused();
            throw failure;
        }
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("The user is the one that the operator has set");
    }

    /** Ends attempts that are under way, at the next pause. */
    @Override
    public void close() {
        closed = true;
    }
}
