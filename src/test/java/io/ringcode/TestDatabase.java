package io.ringcode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** A real PostgreSQL: one cluster per JVM, one database per call, migrated once and then copied. */
public final class TestDatabase {
    private static final AtomicInteger MADE = new AtomicInteger();

    private TestDatabase() {}

    public record Database(String url, String user, String password) {}

    /** A database of its own, with every migration applied and the default tenant in it. */
    public static Database freshDatabase() {
        var name = "test_" + MADE.incrementAndGet();
        execute(Cluster.ONE.url("postgres"), "CREATE DATABASE " + name + " TEMPLATE template_ringcode");
        return new Database(Cluster.ONE.url(name), Cluster.USER, Cluster.PASSWORD);
    }

    private static void execute(String url, String sql) {
        try (var connection = DriverManager.getConnection(url, Cluster.USER, Cluster.PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    private static final class Cluster {
        static final String USER = "ringcode";
        static final String PASSWORD = "on-loopback-only";
        static final Cluster ONE = new Cluster();

        private final Path programs = programs();
        private final int port = freePort();
        private final Path folder;

        Cluster() {
            folder = Path.of(run("mktemp", "-d", "/tmp/ringcode-test-XXXXXX").strip());
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
            program("initdb", "-D", data(), "-U", USER, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
            var options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
                    + " -c max_connections=200";
            program("pg_ctl", "-D", data(), "-w", "-l", folder + "/log", "-o", options, "start");
            execute(url("postgres"), "CREATE DATABASE template_ringcode");
            Flyway.configure()
                    .dataSource(url("template_ringcode"), USER, PASSWORD)
                    .load()
                    .migrate();
            execute(
                    url("template_ringcode"),
                    "INSERT INTO tenant (id, created_at) VALUES ('default', now()) ON CONFLICT DO NOTHING");
        }

        String url(String database) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        }

        private String data() {
            return folder + "/data";
        }

        private void stop() {
            program("pg_ctl", "-D", data(), "-m", "immediate", "stop");
            run("rm", "-rf", folder.toString());
        }

        private void program(String name, String... arguments) {
            var command = new ArrayList<>(List.of(programs.resolve(name).toString()));
            command.addAll(List.of(arguments));
            run(command.toArray(String[]::new));
        }

        /** PostgreSQL refuses to run as root, so root borrows the account that its package made. */
        private static String run(String... command) {
            var whole = new ArrayList<String>();
            if (System.getProperty("user.name").equals("root"))
                whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
            whole.addAll(List.of(command));
            try {
                var output = Files.createTempFile("ringcode-test", ".out");
                var process = new ProcessBuilder(whole)
                        .directory(Path.of("/").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                var ended = process.waitFor(60, TimeUnit.SECONDS);
                var said = Files.readString(output);
                Files.delete(output);
                if (!ended || process.exitValue() != 0) throw new IllegalStateException(command[0] + ": " + said);
                return said;
            } catch (IOException broken) {
                throw new IllegalStateException(command[0], broken);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }

        private static Path programs() {
            try (var found = Files.newDirectoryStream(Path.of("/usr/lib/postgresql"))) {
                for (var version : found)
                    if (Files.exists(version.resolve("bin/initdb"))) return version.resolve("bin");
                throw new IllegalStateException("These tests need a PostgreSQL server's programs");
            } catch (IOException none) {
                throw new IllegalStateException("These tests need a PostgreSQL server's programs", none);
            }
        }

        private static int freePort() {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException none) {
                throw new IllegalStateException(none);
            }
        }
    }
}
