package io.ringcode.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.ServerProcess;
import io.ringcode.server.postgres.EmbeddedPostgres;
import io.ringcode.server.storage.DurableFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process from outside: what it prints, its exit status, and what a signal does. */
class LaunchTest {
    @TempDir
    Path temp;

    @Test
    void help_and_version_are_printed_and_nothing_is_started() throws Exception {
        assertThat(run(0, Map.of(), "--help")).startsWith("Usage: ringcode").contains("--tls-port");
        assertThat(run(0, Map.of(), "--version")).startsWith("ringcode ");
        assertThat(temp.resolve("ringcode-data")).doesNotExist();
    }

    @Test
    void wrong_settings_are_told_in_a_line_each() throws Exception {
        var said = run(78, Map.of("RINGCODE_PORT", "x", "RINGCODE_PUBLIC_URL", "nonsense"), "--dmeo");
        assertThat(said.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("ringcode: "))
                .anySatisfy(line -> assertThat(line).contains("--dmeo: no such flag"));
        assertThat(run(78, Map.of(), "backup")).isEqualTo("ringcode: backup: needs one DIR\n");
    }

    @Test
    void an_unreachable_database_is_one_line() throws Exception {
        var url = "jdbc:postgresql://127.0.0.1:" + EmbeddedPostgres.freePort() + "/x";
        var said = run(1, Map.of("RINGCODE_DATABASE_URL", url), "--dev", "--port", "0");
        assertThat(said)
                .isEqualTo("ringcode: RINGCODE_DATABASE_URL: no database answers there; check host, port and that"
                        + " it is running\n");
    }

    @Test
    void a_folder_whose_letters_the_locale_does_not_know_is_not_taken_for_another() throws Exception {
        var java = process(Map.of(), "--dev", "--port", "0", "--data").command();
        // The bytes of UTF-8, whatever the locale of the tests.
        var script = "exec timeout 60 \"$@\" \"$(printf 'j\\303\\274rgen')\"";
        var words = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        words.addAll(java);
        var builder = new ProcessBuilder(words).directory(temp.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGCODE_"));
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo("ringcode: --data: has letters that this locale does not know: start with LC_ALL=C.UTF-8, as"
                        + " ./ringcode does\n");
        assertThat(process.waitFor()).isEqualTo(78);
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void a_folder_that_the_built_in_database_cannot_work_in_is_refused_in_a_line() throws Exception {
        DurableFiles.setMode(temp, "rwx--x--x");
        assertThat(run(78, Map.of(), "--dev", "--port", "0", "--data", "a$b").lines())
                .last()
                .asString()
                .startsWith("ringcode: The built-in PostgreSQL cannot work in ")
                .contains("RINGCODE_DATABASE_URL");
    }

    @Test
    void commands_work_beside_a_server_and_a_signal_stops_it_and_then_its_database() throws Exception {
        DurableFiles.setMode(temp, "rwx--x--x");
        var server = process(
                        Map.of(),
                        "--dev",
                        "--port",
                        "0",
                        "--data",
                        temp.resolve("data").toString())
                .start();
        try (var lines = server.inputReader(UTF_8)) {
            String line;
            do line = lines.readLine();
            while (line != null && !line.contains("Ringcode serves http://localhost:"));
            assertThat(line).isNotNull();
            var postgres = postmaster();
            assertThat(postgres.isAlive()).isTrue();
            commandsBeside(line.substring(line.indexOf("http://")), lines);
            server.destroy(); // SIGTERM
            assertThat(server.waitFor()).isZero();
            assertThat(postgres.isAlive()).isFalse();
            // removed by an orderly stop only
            assertThat(temp.resolve("data/postgres/cluster/data/postmaster.pid"))
                    .doesNotExist();
            assertThat(temp.resolve("data/server.pid")).doesNotExist();
            assertThat(verifyLog()).as("where its database is started for it").contains("default: whole, ");
        } finally {
            server.destroyForcibly();
        }
    }

    /** An operator's, in the data folder of a server that serves. */
    private void commandsBeside(String address, BufferedReader log) throws Exception {
        var folder = temp.resolve("data").toString();
        asksForToken(URI.create(address + "/oauth/token"));
        Eventually.holds("the line of it has a place", () -> verifyLog().contains("default: whole, "));
        var backup = run(0, Map.of(), "backup", "backups", "--data", folder);
        assertThat(backup).contains("which is not in it: keep that elsewhere").endsWith(".backup\n");
        assertThat(temp.resolve("backups")).isDirectoryContaining("glob:**.backup");
        assertThat(run(0, Map.of(), "new-master-key", "--data", folder)).contains("stands first in");
        String line;
        do line = log.readLine();
        while (line != null && !line.contains("seals from now on"));
        assertThat(line).isNotNull();
        assertThat(run(75, Map.of(), "restore", backup.lines().toList().getLast(), "--data", folder))
                .contains("is in use by another server");
    }

    @Test
    void readiness_falls_before_the_port_closes() throws Exception {
        DurableFiles.setMode(temp, "rwx--x--x");
        var port = EmbeddedPostgres.freePort();
        var server = process(
                        Map.of("RINGCODE_STOP_DELAY", "300"),
                        "--dev",
                        "--port",
                        "" + port,
                        "--data",
                        temp.resolve("data").toString())
                .start();
        try (var lines = server.inputReader(UTF_8)) {
            String line;
            do line = lines.readLine();
            while (line != null && !line.contains("Ringcode serves http://localhost:"));
            assertThat(status(port, "/health/ready")).isEqualTo(200);
            server.destroy(); // SIGTERM
            Eventually.holds("no readiness", () -> status(port, "/health/ready") == 503);
            assertThat(status(port, "/health/live")).isEqualTo(200);
            assertThat(status(port, "/.well-known/openid-configuration")).isEqualTo(200);
            assertThat(server.isAlive()).isTrue();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private String verifyLog() throws Exception {
        return run(0, Map.of(), "verify-log", "--data", temp.resolve("data").toString());
    }

    /** As the client that the first start has made; a line of the log tells. */
    private void asksForToken(URI door) throws Exception {
        var client = Files.readString(temp.resolve("data/management-client.env"));
        var body = "grant_type=client_credentials&audience=" + door.resolve("/api/v2/") + "&client_id="
                + value(client, "ID") + "&client_secret=" + value(client, "SECRET");
        var request = HttpRequest.newBuilder(door)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    private static String value(String file, String name) {
        return file.lines()
                .filter(line -> line.contains(name + "="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
    }

    private static int status(int port, String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://localhost:" + port + path).toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private ProcessHandle postmaster() throws IOException {
        var pid = Files.readAllLines(temp.resolve("data/postgres/cluster/data/postmaster.pid"))
                .getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private String run(int status, Map<String, String> env, String... args) throws Exception {
        var process = process(env, args).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }

    private ProcessBuilder process(Map<String, String> env, String... args) {
        var builder = new ProcessBuilder(ServerProcess.command(args))
                .directory(temp.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGCODE_"));
        builder.environment().putAll(env);
        return builder;
    }
}
