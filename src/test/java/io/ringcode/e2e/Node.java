package io.ringcode.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Runs what is in {@code e2e/} with Node, after its packages were installed below {@code target/}. */
final class Node {
    private static final Path SOURCE = Path.of("e2e");
    private static final Path FOLDER = Path.of("target/e2e");
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Duration PATIENCE = Duration.ofMinutes(25);

    private static final class Installed {
        static final Node ONE = install();
    }

    record Run(int exit, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }

        /** A test for each call that the script reports, and one for its end. */
        Stream<DynamicTest> tests() {
            var calls = lines.stream()
                    .filter(line -> line.startsWith("{\"call\":"))
                    .map(JsonMapper.shared()::readTree)
                    .map(call -> dynamicTest(
                            call.path("call").asString(),
                            () -> assertThat(call.path("failure").asString("")).isEmpty()));
            var whole = dynamicTest(
                    "all of them to the end", () -> assertThat(exit).as(text()).isZero());
            return Stream.concat(Stream.of(whole), calls);
        }
    }

    /** @throws TestAbortedException on a machine without Node, so that the report shows what was not tested */
    static Node installed() throws IOException, InterruptedException {
        var version = versionOf("node");
        if (version.isEmpty() || versionOf("npm").isEmpty())
            throw new TestAbortedException(
                    "Node 20.19 or later and npm are not installed: Auth0's clients for Node, and"
                            + " its deploy tool, were not tried");
        return Installed.ONE;
    }

    /** Puts a folder's files where its scripts find the installed packages. */
    void take(Path folder, String name) throws IOException {
        copy(folder, Files.createDirectories(FOLDER.resolve(name)));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String versionOf(String program) throws InterruptedException {
        try {
            return run(Path.of("."), Map.of(), program, "--version").text();
        } catch (IOException absent) {
            return "";
        }
    }

    /** One test process at a time: the others find the work done. */
    private static Node install() {
        try (var guard = FileChannel.open(
                        Files.createDirectories(FOLDER).resolve("install.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = guard.lock()) {
            copy(SOURCE, FOLDER);
            var lock = Files.readString(FOLDER.resolve("package-lock.json"));
            var stamp = FOLDER.resolve("installed");
            if (Files.exists(stamp) && Files.readString(stamp).equals(lock)) return new Node();
            var run = run(FOLDER, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            if (run.exit() != 0) throw new IllegalStateException("npm ci failed:\n" + run.text());
            Files.writeString(stamp, lock);
            return new Node();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** @param more variables beside those that point the clients at the server */
    Run script(HttpsServer server, String name, Map<String, String> more) throws IOException, InterruptedException {
        var env = new HashMap<>(more);
        env.put("NODE_EXTRA_CA_CERTS", server.authority().toString());
        env.putIfAbsent("RINGCODE_DOMAIN", server.domain());
        env.putIfAbsent("RINGCODE_CLIENT_ID", HttpsServer.CLIENT_ID);
        env.putIfAbsent("RINGCODE_CLIENT_SECRET", HttpsServer.CLIENT_SECRET);
        return run(FOLDER, env, "node", name);
    }

    /** A script that needs no server but what its variables name. */
    Run script(String name, Map<String, String> env) throws IOException, InterruptedException {
        return run(FOLDER, env, "node", name);
    }

    /** Auth0's deploy tool. */
    Run deploy(HttpsServer server, Map<String, String> more, String... words) throws IOException, InterruptedException {
        var env = new HashMap<>(more);
        env.put("NODE_EXTRA_CA_CERTS", server.authority().toString());
        env.put("AUTH0_DOMAIN", server.domain());
        env.put("AUTH0_CLIENT_ID", HttpsServer.CLIENT_ID);
        env.put("AUTH0_CLIENT_SECRET", HttpsServer.CLIENT_SECRET);
        var command = new ArrayList<>(
                List.of("node", "--require", "./deploy-tool.cjs", "node_modules/auth0-deploy-cli/lib/index.js"));
        command.addAll(List.of(words));
        return run(FOLDER, env, command.toArray(String[]::new));
    }

    private static Run run(Path folder, Map<String, String> env, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AUTH0_") || name.startsWith("RINGCODE_"));
        // Pictures for people to look at take longer than all else that is done with a page.
        if (Boolean.getBoolean("ringcode.pictures"))
            builder.environment()
                    .put("RINGCODE_PICTURES", PICTURES.toAbsolutePath().toString());
        builder.environment().putAll(env);
        if (!env.containsKey("RINGCODE_CHROMIUM")) return finish(builder.start());
        try (var _ = BrowserPlace.take(FOLDER)) {
            return finish(builder.start());
        }
    }

    private static Run finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        var lines = new ArrayList<String>();
        var reader = Thread.ofVirtual().start(() -> {
            try (var output = process.inputReader(UTF_8)) {
                output.lines().forEach(lines::add);
            } catch (IOException | java.io.UncheckedIOException killed) {
                lines.add("(killed)");
            }
        });
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        reader.join();
        return new Run(process.exitValue(), List.copyOf(lines));
    }
}
