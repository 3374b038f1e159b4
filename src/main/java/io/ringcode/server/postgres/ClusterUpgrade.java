package io.ringcode.server.postgres;

import io.ringcode.server.copy.DatabaseCopy;
import io.ringcode.server.copy.TableCopy;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DurableFiles;
import io.ringcode.server.system.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upgrade of the built-in database to the next major version of PostgreSQL, whose files differ: all rows are copied into a new
 * one, under its program, and the old one stays beside it as the way back. Until the new one is whole, the old one keeps its name; a
 * start that was killed is begun anew, or ended where only names were left to change.
 *
 * @param old under the program that made it
 * @param wanted under the program of this release, still with the old one's data
 */
record ClusterUpgrade(PostgresCluster old, PostgresCluster wanted) {
    private static final Logger log = LoggerFactory.getLogger(ClusterUpgrade.class);

    /** Worth nothing until all is in it. */
    private static final String DRAFT = "data.new";

    /** For the moment between two names: all is in it, and nothing was written since. */
    private static final String WHOLE = "data.upgraded";

    private static final String KEPT = "data-";
    private static final long MEBIBYTE = 1 << 20;

    /** Of an empty database. */
    private static final long AT_LEAST = 128 * MEBIBYTE;

    /** PostgreSQL's max_wal_size: rows are in its log as well until the next checkpoint. */
    private static final long LARGEST_LOG = 1024 * MEBIBYTE;

    /** Gives a database that was killed between two names its own, and removes what was not whole. */
    static void endInterrupted(PostgresCluster cluster) throws IOException {
        var draft = cluster.data().resolveSibling(DRAFT);
        var whole = cluster.data().resolveSibling(WHOLE);
        PostgresProcess.stopLeftOver(draft);
        DurableFiles.deleteTree(draft);
        if (Files.exists(cluster.data())) {
            // The old one may have been written to meanwhile, by the release before.
            DurableFiles.deleteTree(whole);
        } else if (Files.exists(whole)) {
            DurableFiles.moveIntoPlace(whole, cluster.data());
            log.info("The upgrade of the built-in PostgreSQL is done: only the new database's name was missing");
        } else {
            throw StartRefused.because("There is no database in " + cluster.data()
                    + "; those from before upgrades beside it are " + kept(cluster) + ": give the right one this name");
        }
    }

    /** In a line for each, since they take room. */
    static void tellKept(PostgresCluster cluster) throws IOException {
        for (var one : kept(cluster))
            log.info("{} is a database from before an upgrade: delete it once nobody wants back to it", one);
    }

    private static List<Path> kept(PostgresCluster cluster) throws IOException {
        var kept = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(cluster.data().resolveSibling("."), KEPT + "*")) {
            for (var one : all) kept.add(one.normalize());
        }
        return kept;
    }

    /** @throws StartRefused with what to do about it; nothing was changed then */
    void run() throws IOException {
        var began = System.nanoTime();
        var from = old.majorVersion();
        var to = wanted.program().majorVersion(wanted.account());
        var name = "The upgrade of the built-in PostgreSQL from " + from + " to " + to;
        var kept = old.data().resolveSibling(KEPT + from);
        if (Files.exists(kept))
            throw StartRefused.because(name + " would keep the old database in " + kept
                    + ", which is there already: give that another name, or delete it");
        requireRoom(name);
        var draft = wanted.with(wanted.program(), old.data().resolveSibling(DRAFT));
        var whole = old.data().resolveSibling(WHOLE);
        log.info(
                "{} begins: all rows are copied. It may be interrupted, and begins anew with the next start; until it is"
                        + " done nothing changes",
                name);
        try {
            draft.initialize();
            copy(draft);
            DurableFiles.moveIntoPlace(draft.data(), whole);
        } catch (SQLException failure) {
            throw StartRefused.because(name + " failed (SQLSTATE " + failure.getSQLState()
                    + "), and nothing was changed: "
                    + ("53100".equals(failure.getSQLState()) ? "make room on the disk" : "see the log in " + old.logs())
                    + ", and start again, or start the release before");
        } catch (IOException failure) {
            throw StartRefused.because(name + " failed (" + Failures.reason(failure)
                    + "), and nothing was changed: start again, or start the release before");
        } finally {
            DurableFiles.deleteTree(draft.data());
            Files.deleteIfExists(draft.firstWords());
        }
        DurableFiles.moveIntoPlace(old.data(), kept);
        DurableFiles.moveIntoPlace(whole, old.data());
        log.info(
                "{} is done after {} s",
                name,
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
        log.info(
                "The way back to PostgreSQL {}, without what happens from now on: stop the server, rename {} to {} and {} to {}, start the"
                        + " release before",
                from,
                old.data(),
                KEPT + to,
                kept,
                old.data().getFileName());
    }

    private void requireRoom(String name) throws IOException {
        long size;
        try (var files = Files.walk(old.data())) {
            size = files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(old.data().resolve("pg_wal")))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
        var needed = size + Math.min(size, LARGEST_LOG) + AT_LEAST;
        var free = Files.getFileStore(old.data()).getUsableSpace();
        if (free < needed)
            throw StartRefused.because(name + " needs " + needed / MEBIBYTE + " MiB on the disk of " + old.data()
                    + ", and " + free / MEBIBYTE + " are free: make room. Nothing was changed");
    }

    /** What is in the draft is on the disk afterwards, and nothing runs on either. */
    private void copy(PostgresCluster draft) throws SQLException, IOException {
        try (var source = EmbeddedPostgres.start(old);
                var target = EmbeddedPostgres.start(draft);
                var from = PostgresConnections.open(source.target(), ConnectionTimes.OF_MIGRATIONS);
                var into = PostgresConnections.open(target.target(), ConnectionTimes.OF_MIGRATIONS)) {
            requireNothingElse(from);
            // None where a first start was interrupted before its migrations.
            if (TableCopy.schema(from).isPresent())
                DatabaseCopy.copy(from, into, version -> Schema.migrateTo(target.target(), version), log::info);
        }
        for (var stopped : List.of(old.data(), draft.data()))
            if (!PostgresProcess.pidFile(stopped).isEmpty())
                throw new IOException("the PostgreSQL in " + stopped + " did not stop");
    }

    /** What an operator added would not be copied. */
    private void requireNothingElse(Connection from) throws SQLException {
        var others = new ArrayList<String>();
        try (var statement = from.createStatement();
                var row = statement.executeQuery("""
                        SELECT 'database ' || datname FROM pg_database
                         WHERE datname NOT IN ('ringcode', 'postgres', 'template0', 'template1')
                        UNION ALL
                        SELECT 'schema ' || nspname FROM pg_namespace
                         WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public')
                        """)) {
            while (row.next()) others.add(row.getString(1));
        }
        if (!others.isEmpty())
            throw StartRefused.because(
                    "The built-in PostgreSQL has what is not Ringcode's (" + String.join(", ", others)
                            + "), which an upgrade would leave behind: move it elsewhere with the release before. Nothing was"
                            + " changed");
    }
}
