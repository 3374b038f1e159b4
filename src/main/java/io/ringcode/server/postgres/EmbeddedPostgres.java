package io.ringcode.server.postgres;

import io.ringcode.server.postgres.PostgresCluster.Older;
import io.ringcode.server.settings.Network;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.system.Command;
import io.ringcode.server.system.Failures;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the server's own: real binaries, durable settings, reachable from this machine only and with a
 * password only. It ends with the server, also when that is killed, and is started again when it dies alone.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String DATABASE = "ringcode";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final PostgresCluster cluster;
    private final String password;
    private final CompletableFuture<Void> firstStart = new CompletableFuture<>();
    private final Thread keeper;
    private volatile int port;
    private volatile boolean closing;
    private volatile @Nullable PostgresProcess process;

    private EmbeddedPostgres(PostgresCluster cluster) throws IOException {
        this.cluster = cluster;
        this.password = cluster.password();
        this.port = freePort();
        // The kernel ties the child to the thread that made it, not to the process (PR_SET_PDEATHSIG): a thread that
        // ends would take PostgreSQL along. So one thread makes it and stays for as long as it runs.
        this.keeper = Thread.ofPlatform().name("postgres-keeper").daemon().unstarted(this::keep);
    }

    /**
     * Comes back when PostgreSQL takes connections. A database of an older major version is refused.
     *
     * @throws StartRefused with what to do about it
     */
    public static EmbeddedPostgres start(DataFolder data) {
        return start(data, Older.REFUSED);
    }

    /** As {@link #start}, where a database of an older major version is upgraded before, which takes its time. */
    public static EmbeddedPostgres startUpgraded(DataFolder data) {
        return start(data, Older.UPGRADED);
    }

    private static EmbeddedPostgres start(DataFolder data, Older older) {
        try {
            return start(PostgresCluster.prepare(data, older));
        } catch (IOException failure) {
            throw new StartRefused(1, "The built-in PostgreSQL cannot be set up: " + Failures.reason(failure));
        }
    }

    static EmbeddedPostgres start(PostgresCluster cluster) throws IOException {
        var postgres = new EmbeddedPostgres(cluster);
        postgres.begin();
        return postgres;
    }

    DatabaseTarget target() {
        return DatabaseTarget.fixed(jdbcUrl(), username(), password());
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + Network.LOOPBACK + ":" + port + "/" + DATABASE;
    }

    public String username() {
        return PostgresCluster.USERNAME;
    }

    public String password() {
        return password;
    }

    /** The postmaster's; 0 while there is none. */
    long pid() {
        var running = process;
        return running == null ? 0 : running.pid();
    }

    private void begin() {
        keeper.start();
        try {
            firstStart.join();
            createDatabase();
        } catch (CompletionException failure) {
            close();
            throw failure.getCause() instanceof StartRefused refused ? refused : failure;
        }
    }

    private void createDatabase() {
        var maintenance = "jdbc:postgresql://" + Network.LOOPBACK + ":" + port + "/postgres";
        try (var connection = DriverManager.getConnection(maintenance, username(), password);
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (found.next()) return;
            statement.execute("CREATE DATABASE " + DATABASE);
        } catch (SQLException failure) {
            close();
            throw new StartRefused(1, cluster.explain("error: " + failure.getMessage()));
        }
    }

    private void keep() {
        while (!closing) {
            try {
                var child = startOnce();
                firstStart.complete(null);
                if (closing) new PostgresProcess(child.toHandle()).stop();
                child.waitFor();
                if (!closing) log.error("PostgreSQL ended unexpectedly ({}), starting it again", child.exitValue());
            } catch (IOException | StartRefused failure) {
                if (firstStart.completeExceptionally(failure) || closing) return;
                log.error("PostgreSQL does not come back, trying again: {}", failure.getMessage());
                pause();
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** Until it is ready. A former one's children may hold its memory for a moment longer: then once more. */
    private Process startOnce() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            var since = System.currentTimeMillis() / 1000 * 1000;
            var child = launch();
            var started = new PostgresProcess(child.toHandle());
            process = started;
            while (child.isAlive() && !started.isReady(cluster.data())) {
                if (System.nanoTime() > deadline) {
                    started.stop();
                    throw new StartRefused(1, cluster.explain("not ready within " + START_LIMIT.toSeconds() + " s"));
                }
                Thread.sleep(5);
            }
            if (child.isAlive()) return child;
            var output = said() + "\n" + cluster.logged(since);
            if (closing || System.nanoTime() > deadline) throw new StartRefused(1, cluster.explain(output));
            if (output.contains("could not create any TCP/IP sockets") && !firstStart.isDone()) {
                port = freePort();
            } else if (!output.contains("is still in use") && !output.contains("could not create any TCP/IP sockets")) {
                throw new StartRefused(1, cluster.explain(output));
            }
            Thread.sleep(50);
        }
    }

    private Process launch() throws IOException {
        var words = new ArrayList<String>();
        // A session of its own: Ctrl-C is for the server, which stops PostgreSQL last.
        if (Command.find("setsid").isPresent()) words.add("setsid");
        words.addAll(cluster.account()
                .tied(
                        "INT",
                        cluster.program().postgres().toString(),
                        "-D",
                        cluster.data().toString()));
        settings().forEach(setting -> words.addAll(List.of("-c", setting)));
        var builder = new ProcessBuilder(words)
                .directory(cluster.data().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(cluster.firstWords().toFile());
        // The master key may be among them, and root's server runs PostgreSQL under an account that others may share.
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGCODE_"));
        return builder.start();
    }

    private List<String> settings() {
        return List.of(
                "port=" + port,
                "listen_addresses=" + Network.LOOPBACK,
                "unix_socket_directories=",
                "max_connections=64",
                "shared_buffers=64MB",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "password_encryption=scram-sha-256",
                "timezone=UTC",
                "log_timezone=UTC",
                "logging_collector=on",
                "log_directory=" + cluster.logs(),
                "log_filename=postgres-%a.log",
                "log_file_mode=0600",
                "log_rotation_age=1d",
                "log_rotation_size=0",
                "log_truncate_on_rotation=on",
                "log_checkpoints=off");
    }

    private String said() throws IOException {
        return Files.readString(cluster.firstWords(), StandardCharsets.ISO_8859_1);
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(Network.LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until everything is on disk. */
    @Override
    public void close() {
        closing = true;
        var running = process;
        try {
            if (running != null && running.handle().isAlive()) running.stop();
            keeper.join();
        } catch (IOException | StartRefused failure) {
            log.error("PostgreSQL was not stopped: {}", failure.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
