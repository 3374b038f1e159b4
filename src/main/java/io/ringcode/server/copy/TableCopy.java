package io.ringcode.server.copy;

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
import java.util.function.IntPredicate;
import org.postgresql.PGConnection;

/** Rows out of a database and into another, by PostgreSQL's COPY. */
public final class TableCopy {
    /** Their only rows come with the schema. */
    private static final Set<String> OF_MIGRATIONS = Set.of("database_check", "schema_floor");

    private TableCopy() {}

    public interface Reading<T> {
        T from(Connection connection) throws SQLException, IOException;
    }

    /** All that is read is of one moment, while servers go on writing. */
    public static <T> T ofOneMoment(Connection connection, Reading<T> reading) throws SQLException, IOException {
        var hasLog = asks(connection, "SELECT to_regclass('log_line') IS NOT NULL");
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        if (hasLog) keepPartitions(connection);
        var read = reading.from(connection);
        connection.commit();
        return read;
    }

    /** Before the moment is chosen: none of the log goes until the end, with lines that are seen at that moment. */
    private static void keepPartitions(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE log_line IN ACCESS SHARE MODE");
        }
    }

    /**
     * Makes the tables of a schema in an empty database, and begins the transaction of the copy.
     *
     * @param tables makes them, if this program knows that schema
     */
    public static void prepare(IntPredicate tables, int version, Connection connection) throws SQLException {
        if (!tables.test(version))
            throw StartRefused.because("The data have schema " + version
                    + ", which this release does not know: use the release that made them, or a newer one");
        // Such as after an attempt with a newer backup: the migrations in between would pass the rows by.
        var there = schema(connection).orElse(version);
        if (there != version)
            throw StartRefused.because("The data have schema " + version
                    + ", and the database has the tables of schema " + there + " already: give an empty one");
        begin(connection);
    }

    /** What is copied in counts with {@link #finish} alone; what was in the tables before goes. */
    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "TRUNCATE " + String.join(", ", Tables.of(connection).keySet()));
        }
    }

    public static void finish(Connection connection) throws SQLException {
        Tables.setCounters(connection);
        connection.commit();
    }

    /** @return how many rows */
    public static long out(Connection connection, String table, String columns, OutputStream rows)
            throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT " + columns + " FROM " + table + ") TO STDOUT", rows); // also of partitions
    }

    /** @return how many rows */
    public static long in(Connection connection, String table, String columns, InputStream rows)
            throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + columns + ") FROM STDIN", rows);
    }

    /** The newest migration; empty where Ringcode has not been. */
    public static OptionalInt schema(Connection connection) throws SQLException {
        if (!asks(connection, "SELECT to_regclass('flyway_schema_history') IS NOT NULL")) return OptionalInt.empty();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT coalesce(max(version::integer), 0) FROM flyway_schema_history WHERE success AND version ~ '^[0-9]{1,9}$'")) {
            row.next();
            return row.getInt(1) == 0 ? OptionalInt.empty() : OptionalInt.of(row.getInt(1));
        }
    }

    /** @throws StartRefused where there are rows other than what migrations make: nothing is overwritten */
    public static void requireUnused(Connection connection) throws SQLException {
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
    public static void tell(Consumer<String> progress, String table, long rows) {
        if (rows > 0) progress.accept(table + ": " + rows);
    }

    public static void tell(Consumer<String> progress, Map<String, Long> rows) {
        progress.accept(
                rows.values().stream().mapToLong(Long::longValue).sum() + " rows of " + rows.size() + " tables");
    }
}
