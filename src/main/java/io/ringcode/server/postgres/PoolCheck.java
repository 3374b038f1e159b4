package io.ringcode.server.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.ringcode.database.DatabaseCheck;
import io.ringcode.database.LostConnection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes one row, over a connection of the pool that requests use. */
final class PoolCheck implements DatabaseCheck {
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(1);

    /** SQLSTATE query_canceled: connections can be had, but others have all of them and do not give them back. */
    private static final String BUSY = "57014";

    private final HikariDataSource pool;

    PoolCheck(HikariDataSource pool) {
        this.pool = pool;
    }

    @Override
    public void run() throws SQLException {
        // Connections that broke say nothing of the next.
        LostConnection.<@Nullable Void, SQLException>retry(() -> {
            write();
            return null;
        });
    }

    private void write() throws SQLException {
        try (var connection = pool.getConnection()) {
            ConnectionEviction.lent();
            connection.setNetworkTimeout(Runnable::run, (int) LONGEST_WRITE.toMillis());
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE database_check SET written_at = clock_timestamp()");
            }
        } catch (SQLTransientConnectionException none) {
            var reason = pool.getDataSource() instanceof PostgresConnections opener ? opener.failure() : null;
            if (reason != null)
                throw new SQLTransientConnectionException("No connection", reason.getSQLState(), reason);
            throw new SQLException("Every connection is in use", BUSY, none);
        }
    }
}
