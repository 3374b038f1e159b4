package io.ringcode.server.postgres;

import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.system.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running postmaster, as its pid file and the kernel tell of it. */
record PostgresProcess(ProcessHandle handle) {
    private static final Logger log = LoggerFactory.getLogger(PostgresProcess.class);

    /** Roll back what is open, write everything down, end. */
    private static final String FAST_SHUTDOWN = "INT";

    /** End now; the next start recovers from the write-ahead log. */
    private static final String IMMEDIATE_SHUTDOWN = "QUIT";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Ends the postmaster that a killed server left behind. A process whose pid the file names but which does not work
     * in this very folder is somebody else's: it is left in peace and the file goes, since PostgreSQL would take it for
     * its own kind. That is common in containers, where pids are small and come again.
     */
    static void stopLeftOver(Path data) throws IOException {
        var named = of(data);
        if (named.isEmpty()) return;
        if (named.get().worksIn(data)) {
            log.warn(
                    "Stopping the PostgreSQL that an earlier server left running (process {})",
                    named.get().pid());
            named.get().stop();
        } else {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    private static Optional<PostgresProcess> of(Path data) throws IOException {
        var lines = pidFile(data);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) return Optional.empty();
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .map(PostgresProcess::new);
    }

    private boolean worksIn(Path data) {
        var about = Path.of("/proc", Long.toString(pid()));
        try {
            var program = Files.readString(about.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0", 2)[0];
            return program.endsWith("postgres") && Files.isSameFile(about.resolve("cwd"), data);
        } catch (IOException _) {
            return false; // gone meanwhile, or another user's: none of ours runs under an account we cannot see into
        }
    }

    /** The first line is the pid, the eighth says "ready" once connections are taken; empty if there is no file. */
    static List<String> pidFile(Path data) throws IOException {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    long pid() {
        return handle.pid();
    }

    boolean isReady(Path data) throws IOException {
        var lines = pidFile(data);
        return lines.size() >= 8
                && lines.get(0).strip().equals(Long.toString(pid()))
                && lines.get(7).strip().equals("ready");
    }

    /** @throws StartRefused if it does not even end when told to drop everything */
    void stop() throws IOException {
        for (var signal : List.of(FAST_SHUTDOWN, IMMEDIATE_SHUTDOWN)) {
            // Java itself knows two signals only, and to PostgreSQL SIGTERM means to wait for its clients.
            Command.run(
                    List.of("/bin/sh", "-c", "kill -" + signal + " " + pid()), Path.of("/"), Duration.ofSeconds(10));
            if (endedWithin(PATIENCE)) return;
            log.warn("PostgreSQL (process {}) is still there {} s after SIG{}", pid(), PATIENCE.toSeconds(), signal);
        }
        throw new StartRefused(
                1, "A PostgreSQL (process " + pid() + ") still runs in the data folder and cannot be stopped: stop it");
    }

    private boolean endedWithin(Duration time) {
        try {
            handle.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return !handle.isAlive();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        }
    }
}
