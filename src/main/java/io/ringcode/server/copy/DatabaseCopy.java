package io.ringcode.server.copy;

import io.ringcode.server.settings.StartRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** All rows of one moment straight into another database, in one transaction, which commits once they were read there again. */
public final class DatabaseCopy {
    private final Connection from;
    private final Connection into;
    private final Consumer<String> progress;

    private DatabaseCopy(Connection from, Connection into, Consumer<String> progress) {
        this.from = from;
        this.into = into;
        this.progress = progress;
    }

    /**
     * @param tables makes those of a schema in the empty database, if this program knows it
     * @param progress is told each table and its number of rows
     * @throws StartRefused where it cannot be done; then there are no rows in the other one
     */
    public static void copy(Connection from, Connection into, IntPredicate tables, Consumer<String> progress)
            throws SQLException, IOException {
        TableCopy.requireUnused(into);
        var schema = TableCopy.schema(from)
                .orElseThrow(() -> StartRefused.because("There is nothing to copy: no server has begun there"));
        TableCopy.prepare(tables, schema, into);
        new DatabaseCopy(from, into, progress).copy();
        TableCopy.finish(into);
    }

    private void copy() throws SQLException, IOException {
        TableCopy.ofOneMoment(from, source -> {
            var tables = Tables.of(source);
            requireOurs(tables);
            var rows = new LinkedHashMap<String, Long>();
            for (var table : tables.entrySet())
                rows.put(table.getKey(), copied(source, table.getKey(), table.getValue()));
            TableCopy.tell(progress, rows);
            return true;
        });
    }

    /** What somebody else keeps there would be missing in the copy. */
    private void requireOurs(Map<String, String> tables) throws SQLException {
        var others = new TreeSet<>(tables.keySet());
        others.removeAll(Tables.of(into).keySet());
        if (!others.isEmpty())
            throw StartRefused.because("The database has tables that are not Ringcode's (" + String.join(", ", others)
                    + "), and nothing was copied: move them to a database of their own first");
    }

    private long copied(Connection source, String table, String columns) throws SQLException, IOException {
        try (var rows = new PipedInputStream(65_536);
                var out = new PipedOutputStream(rows)) {
            var read = CompletableFuture.supplyAsync(
                    () -> readInto(out, source, table, columns),
                    task -> Thread.ofPlatform().daemon().start(task));
            TableCopy.in(into, table, columns, rows);
            var there = read.join();
            if (!there.equals(read(into, table, columns, OutputStream.nullOutputStream())))
                throw new IOException("the table " + table + " is not the same there");
            TableCopy.tell(progress, table, there.count());
            return there.count();
        } catch (CompletionException failed) {
            throw new IOException("the table " + table + " could not be read", failed);
        }
    }

    private RowDigest.Rows readInto(OutputStream out, Connection source, String table, String columns) {
        try (out) {
            return read(source, table, columns, out);
        } catch (SQLException | IOException failure) {
            throw new CompletionException(failure);
        }
    }

    private RowDigest.Rows read(Connection connection, String table, String columns, OutputStream out)
            throws SQLException, IOException {
        // Else by the settings of a role, or of the server.
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL bytea_output = hex");
        }
        var digest = new RowDigest(out, count -> progress.accept(table + ": " + count + " so far"));
        TableCopy.out(connection, table, columns, digest);
        return digest.rows();
    }
}
