package io.ringcode.server.postgres;

import io.ringcode.server.postgres.DatabaseTarget.Way;
import io.ringcode.server.settings.Network;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.system.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database as a command such as a backup reaches it: an external one, the one of a server that runs, or one that is started for it. */
public final class CommandDatabase implements AutoCloseable {
    /** Of {@code postmaster.pid}. */
    private static final int LINE_OF_PORT = 3;

    private final DatabaseTarget target;
    private final @Nullable RunFor own;

    /** What was started for the command. */
    private record RunFor(DataFolder data, EmbeddedPostgres postgres) {}

    private CommandDatabase(DatabaseTarget target, @Nullable RunFor own) {
        this.target = target;
        this.own = own;
    }

    /** The operator's PostgreSQL. */
    public static CommandDatabase external(Settings.Database database) {
        return new CommandDatabase(
                ExternalDatabase.require(new DatabaseTarget(
                        database.url(), database.username(), DatabasePassword.of(database), Way.POOLER)),
                null);
    }

    /** The built-in one of a folder that no server works in; it is made where there is none. */
    public static CommandDatabase stopped(Path folder) {
        var data = DataFolder.open(folder);
        try {
            var postgres = EmbeddedPostgres.start(data);
            return new CommandDatabase(postgres.target(), new RunFor(data, postgres));
        } catch (RuntimeException failure) {
            data.close();
            throw failure;
        }
    }

    /** The built-in one of a folder, whether a server works in it or not. */
    public static CommandDatabase builtIn(Path folder) {
        if (!Files.isDirectory(folder.resolve("postgres/cluster")))
            throw StartRefused.because("There is no database in " + folder + ": name the data folder with --data");
        try {
            return stopped(folder);
        } catch (StartRefused refused) {
            if (refused.exitCode() != DataFolder.IN_USE) throw refused;
            return running(folder);
        }
    }

    private static CommandDatabase running(Path folder) {
        var cluster = folder.resolve("postgres/cluster");
        try {
            var lines = Files.readAllLines(cluster.resolve("data/postmaster.pid"), StandardCharsets.ISO_8859_1);
            var password = Files.readString(cluster.resolve("password"), StandardCharsets.US_ASCII)
                    .strip();
            if (lines.size() <= LINE_OF_PORT) throw new NoSuchFileException(cluster.toString());
            var url = "jdbc:postgresql://" + Network.LOOPBACK + ":"
                    + lines.get(LINE_OF_PORT).strip() + "/ringcode";
            return new CommandDatabase(DatabaseTarget.fixed(url, PostgresCluster.USERNAME, password), null);
        } catch (NoSuchFileException _) {
            throw new StartRefused(
                    75,
                    "The server in " + folder + " is starting, or has an external database: try again, or set the URL");
        } catch (IOException failure) {
            throw StartRefused.because(
                    "The built-in database in " + folder + " cannot be reached: " + Failures.reason(failure));
        }
    }

    /** For work without a bound in time; the caller closes it. */
    public Connection connect() throws SQLException {
        return PostgresConnections.open(target, ConnectionTimes.OF_MIGRATIONS);
    }

    /** To the newest schema of this program. */
    public void migrate() {
        Schema.migrate(target);
    }

    /** @return whether this program knows that schema; else nothing was done */
    public boolean migrateTo(int version) {
        return Schema.migrateTo(target, version);
    }

    @Override
    public void close() {
        if (own == null) return;
        own.postgres().close();
        own.data().close();
    }
}
