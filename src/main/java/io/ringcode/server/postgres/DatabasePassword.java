package io.ringcode.server.postgres;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.system.Command;
import io.ringcode.server.system.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the database's password comes from. One that changes is read again: a file for each connection, a command once it is refused. */
sealed interface DatabasePassword {
    /** SQLSTATE invalid_password. */
    String REFUSED = "28P01";

    /** @throws SQLException where it cannot be read; then no connection is made */
    @Nullable
    String current() throws SQLException;

    /** The database does not take the current one any more. */
    default void refused() {}

    static DatabasePassword of(Settings.Database database) {
        if (database.passwordFile() != null) return new InFile(database.passwordFile());
        if (database.passwordCommand() != null) return new OfCommand(database.passwordCommand());
        return new Fixed(database.password());
    }

    record Fixed(@Nullable String current) implements DatabasePassword {
        @Override
        public String toString() {
            return "Fixed[•••]";
        }
    }

    record InFile(Path file) implements DatabasePassword {
        @Override
        public String current() throws SQLException {
            try {
                return Files.readString(file).strip();
            } catch (IOException unreadable) {
                throw new SQLException("The password file cannot be read: " + Failures.reason(unreadable), REFUSED);
            }
        }
    }

    /** What it prints is kept until the database refuses it. */
    final class OfCommand implements DatabasePassword {
        private static final Duration LONGEST = Duration.ofSeconds(5);

        /** A command may ask a service that counts, so not with each of ten attempts a second. */
        private static final Duration BETWEEN_RUNS = Duration.ofSeconds(1);

        private final String command;
        private @Nullable String known;
        private boolean refusedNow;
        private long ranAt = System.nanoTime() - BETWEEN_RUNS.toNanos();

        OfCommand(String command) {
            this.command = command;
        }

        @Override
        public synchronized String current() throws SQLException {
            if (known == null || (refusedNow && System.nanoTime() - ranAt > BETWEEN_RUNS.toNanos())) known = run();
            return known;
        }

        @Override
        public synchronized void refused() {
            refusedNow = true;
        }

        private String run() throws SQLException {
            ranAt = System.nanoTime();
            refusedNow = false;
            try {
                // Not its complaints, which would be taken for the password.
                var words = List.of("/bin/sh", "-c", "exec 2>/dev/null; " + command);
                var ran = Command.run(words, Path.of("/"), LONGEST);
                if (ran.succeeded() && !ran.output().isBlank())
                    return new String(ran.output().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            } catch (IOException unable) {
                throw new SQLException("The password command cannot be run", REFUSED, unable);
            }
            throw new SQLException("The password command failed or printed nothing", REFUSED);
        }
    }
}
