package io.ringcode.server.backup;

import static java.time.ZoneOffset.UTC;

import io.ringcode.server.LogVerifier;
import io.ringcode.server.copy.DatabaseCopy;
import io.ringcode.server.copy.TableCopy;
import io.ringcode.server.postgres.CommandDatabase;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DurableFiles;
import io.ringcode.server.storage.MasterKeys;
import io.ringcode.server.system.Failures;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operator's commands on a whole database: backup, restore, the move from the built-in to an external one, and the check of the log. */
public final class DatabaseCommands {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private final Settings settings;
    private final Consumer<String> progress;

    public DatabaseCommands(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    private interface Work<T> {
        T on(CommandDatabase database) throws Exception;
    }

    private static <T> T on(CommandDatabase opened, Work<T> work) {
        try (var database = opened) {
            return work.on(database);
        } catch (StartRefused refused) {
            throw refused;
        } catch (SQLException failure) {
            throw StartRefused.because("The database failed (SQLSTATE " + failure.getSQLState() + ")");
        } catch (IOException failure) {
            throw StartRefused.because("Nothing was done: " + Failures.reason(failure));
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private CommandDatabase served() {
        var database = settings.database();
        return database == null ? CommandDatabase.builtIn(settings.data()) : CommandDatabase.external(database);
    }

    /**
     * Writes all rows of one moment to a new file of a folder, and reads it once more before it gets its name.
     *
     * @return the file
     */
    public Path backup(Path folder) {
        var keys = MasterKeys.existing(settings, settings.data());
        return on(served(), one -> {
            try (var connection = one.connect()) {
                return backup(connection, keys, folder);
            }
        });
    }

    /** @return whether nothing is wrong */
    public boolean verifyLog(LogVerifier log, @Nullable String tenant, @Nullable Path heads, Consumer<String> result) {
        var keys = MasterKeys.existing(settings, settings.data());
        return on(served(), one -> log.verify(one::connect, keys, tenant, heads, progress, result));
    }

    private Path backup(Connection connection, MasterKeys keys, Path folder) throws SQLException, IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(
                "ringcode-" + TIME.format(Clock.systemUTC().instant().atOffset(UTC)) + ".backup");
        if (Files.exists(file)) throw new FileAlreadyExistsException(file.toString());
        var draft = file.resolveSibling(file.getFileName() + ".new");
        var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(draft);
        try (var channel =
                Files.newByteChannel(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ours)) {
            var rows = TableCopy.ofOneMoment(connection, from -> {
                var schema = TableCopy.schema(from)
                        .orElseThrow(
                                () -> StartRefused.because("There is nothing to back up: no server has begun there"));
                var key = keys.wanted();
                progress.accept(
                        "The backup is under the master key " + key.id() + ", which is not in it: keep that elsewhere");
                return BackupFile.write(Channels.newOutputStream(channel), key, schema, from, progress);
            });
            TableCopy.tell(progress, rows);
            if (!rows.equals(check(draft, keys))) throw new IOException("what was written is not what is read");
            DurableFiles.moveIntoPlace(draft, file);
            return file;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static Map<String, Long> check(Path file, MasterKeys keys) throws SQLException, IOException {
        try (var in = new FileInputStream(file.toFile())) {
            return BackupFile.read(in, keys, new BackupFile.Content() {
                @Override
                public void schema(int version) {}

                @Override
                public long table(String name, String columns, InputStream rows) throws IOException {
                    // COPY writes each row as a line, and line ends within a value as \n.
                    long lines = 0;
                    var block = new byte[65_536];
                    for (int some = rows.read(block); some >= 0; some = rows.read(block))
                        for (int i = 0; i < some; i++) if (block[i] == '\n') lines++;
                    return lines;
                }
            });
        }
    }

    /** Fills an empty database from a backup: the built-in one of an empty data folder, or the external one that is set. */
    public void restore(Path file) {
        var keys = MasterKeys.existing(settings, settings.data());
        var database = settings.database();
        var opened = database == null ? CommandDatabase.stopped(settings.data()) : CommandDatabase.external(database);
        on(opened, one -> {
            try (var connection = one.connect();
                    var in = new FileInputStream(file.toFile())) {
                TableCopy.requireUnused(connection);
                TableCopy.tell(progress, BackupFile.read(in, keys, new Into(one, connection)));
                TableCopy.finish(connection);
            }
            one.migrate();
            return true;
        });
    }

    /** Into a database, in one transaction, which begins behind the schema. */
    private final class Into implements BackupFile.Content {
        private final CommandDatabase database;
        private final Connection connection;

        Into(CommandDatabase database, Connection connection) {
            this.database = database;
            this.connection = connection;
        }

        @Override
        public void schema(int version) throws SQLException {
            TableCopy.prepare(database::migrateTo, version, connection);
        }

        @Override
        public long table(String name, String columns, InputStream rows) throws SQLException, IOException {
            var count = TableCopy.in(connection, name, columns, rows);
            TableCopy.tell(progress, name, count);
            return count;
        }
    }

    /** Copies the built-in database, whose server is stopped, to the external one that is set. */
    public void move() {
        var target = settings.database();
        if (target == null)
            throw StartRefused.settings(List.of("RINGCODE_DATABASE_URL: must be set to the database that is moved to"));
        if (!Files.isDirectory(settings.data().resolve("postgres/cluster")))
            throw StartRefused.because("There is no built-in database in " + settings.data());
        on(CommandDatabase.stopped(settings.data()), source -> {
            source.migrate();
            return on(CommandDatabase.external(target), to -> {
                try (var from = source.connect();
                        var into = to.connect()) {
                    DatabaseCopy.copy(from, into, to::migrateTo, progress);
                }
                return true;
            });
        });
    }
}
