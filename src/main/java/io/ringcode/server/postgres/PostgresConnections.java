package io.ringcode.server.postgres;

import io.ringcode.server.postgres.DatabaseTarget.Way;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens connections for a pool, each with its {@link ConnectionTimes}. Where the database is away it tries again ten times a second
 * until it is back: a pool of its own would pause up to five seconds between its attempts.
 */
final class PostgresConnections extends AbstractDataSource implements AutoCloseable {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

    /** An attempt usually takes milliseconds. */
    private static final Duration LONG = Duration.ofSeconds(1);

    /** SQLSTATE sqlclient_unable_to_establish_sqlconnection. */
    private static final String NO_ANSWER = "08001";

    /** SQLSTATE read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";

    private final DatabaseStart database;
    private final ConnectionTimes times;
    private volatile boolean closed;
    /** When the attempt that is under way began; 0 where none is. */
    private volatile long began;

    private volatile @Nullable SQLException failure;

    PostgresConnections(DatabaseStart database, ConnectionTimes times) {
        this.database = database;
        this.times = times;
    }

    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            try {
                began = System.nanoTime();
                var connection = open(database.ready(), times);
                failure = null;
                return connection;
            } catch (SQLException away) {
                failure = away;
                if (closed) throw away;
                pause(away);
            } finally {
                began = 0;
            }
        }
    }

    private static void pause(SQLException away) throws SQLException {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw away;
        }
    }

    /** What the newest attempt failed with, or that it gets no answer; null where it was good. */
    @Nullable
    SQLException failure() {
        var silent = began != 0 && System.nanoTime() - began > LONG.toNanos();
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
