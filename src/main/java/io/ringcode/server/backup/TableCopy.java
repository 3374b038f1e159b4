package io.ringcode.server.backup;

import io.ringcode.server.settings.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/** Rows out of a database and into another, by PostgreSQL's COPY. */
final class TableCopy {
    /** Their only rows come with the schema. */
    private static final Set<String> OF_MIGRATIONS = Set.of("database_check", "schema_floor");

    private TableCopy() {}

    interface Reading<T> {
        T from(Connection connection) throws SQLException, IOException;
    }

    /** All that is read is of one moment, while servers go on writing. */
    static <T> T ofOneMoment(Connection connection, Reading<T> reading) throws SQLException, IOException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        var read = reading.from(connection);
        connection.commit();
        return read;
    }

    /** What is copied in counts with {@link #finish} alone; what was in the tables before goes. */
    static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "TRUNCATE " + String.join(", ", Tables.of(connection).keySet()));
        }
    }

    static void finish(Connection connection) throws SQLException {
        Tables.setCounters(connection);
        connection.commit();
    }

    /** @return how many rows */
    static long out(Connection connection, String table, String columns, OutputStream rows)
            throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY " + table + " (" + columns + ") TO STDOUT", rows);
    }

    /** @return how many rows */
    static long in(Connection connection, String table, String columns, InputStream rows)
            throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + columns + ") FROM STDIN", rows);
    }

    /** The newest migration; empty where Ringcode has not been. */
    static OptionalInt schema(Connection connection) throws SQLException {
        if (!asks(connection, "SELECT to_regclass('flyway_schema_history') IS NOT NULL")) return OptionalInt.empty();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT coalesce(max(version::integer), 0) FROM flyway_schema_history WHERE success AND version ~ '^[0-9]{1,9}$'")) {
            row.next();
            return row.getInt(1) == 0 ? OptionalInt.empty() : OptionalInt.of(row.getInt(1));
        }
    }

    /** @throws StartRefused where there are rows other than what migrations make: nothing is overwritten */
    static void requireUnused(Connection connection) throws SQLException {
        if (schema(connection).isEmpty()) return;
        for (var table : Tables.of(connection).keySet())
            if (!OF_MIGRATIONS.contains(table) && asks(connection, "SELECT EXISTS (SELECT FROM " + table + ")"))
                throw StartRefused.because(
                        "The database is in use already, and nothing is overwritten: give an empty one");
    }

    private static boolean asks(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Says that a table is done, unless there was nothing in it. */
    static void tell(Consumer<String> progress, String table, long rows) {
        if (rows > 0) progress.accept(table + ": " + rows);
    }

    static void tell(Consumer<String> progress, Map<String, Long> rows) {
        progress.accept(
                rows.values().stream().mapToLong(Long::longValue).sum() + " rows of " + rows.size() + " tables");
    }
}
