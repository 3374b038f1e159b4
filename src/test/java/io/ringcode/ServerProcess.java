package io.ringcode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.carrier.FakeCarrier;
import io.ringcode.server.postgres.UnpackedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server as its operator starts it, in a process that can be killed, with the built-in PostgreSQL. */
public final class ServerProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final Process process;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<String> address = new CompletableFuture<>();

    private ServerProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        Thread.ofVirtual().start(this::listen);
    }

    /** A data folder that PostgreSQL's own account can reach. */
    public static Path folder(Path temp) throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
        return temp.resolve("data");
    }

    /** @param properties such as {@code ringcode.delivery.carrier-timeout=1s} */
    public static ServerProcess start(Path folder, FakeCarrier carrier, String... properties) throws Exception {
        var options = quick();
        options.add(PackedServer.WRITE_ARCHIVE);
        for (var property : properties) options.add("-D" + property);
        return start(options, folder, carrier);
    }

    /** What starts a server with these arguments, soon and with little. */
    public static List<String> command(String... arguments) {
        return command(quick(), arguments);
    }

    private static List<String> quick() {
        var options = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        options.addAll(PackedServer.options());
        return options;
    }

    private static List<String> command(List<String> options, String... arguments) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        words.addAll(options);
        words.add("-D" + UnpackedPostgres.PROPERTY + "=" + System.getProperty(UnpackedPostgres.PROPERTY));
        words.addAll(List.of("-cp", PackedServer.classPath(), RingcodeApplication.class.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** A node of an installation whose database is elsewhere. */
    public static ServerProcess on(TestDatabase.Database database, Path folder, FakeCarrier carrier) throws Exception {
        var more = Map.of(
                "RINGCODE_DATABASE_URL", database.url(),
                "RINGCODE_DATABASE_USERNAME", database.user(),
                "RINGCODE_DATABASE_PASSWORD", database.password());
        return start(quick(), folder, carrier, more);
    }

    private static ServerProcess start(List<String> options, Path folder, FakeCarrier carrier) throws Exception {
        return start(options, folder, carrier, Map.of());
    }

    private static ServerProcess start(List<String> options, Path folder, FakeCarrier carrier, Map<String, String> more)
            throws Exception {
        var words = command(options, "--dev", "--port", "0", "--data", folder.toString());
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGCODE_"));
        builder.environment().putAll(FakeCarrier.environment(carrier.baseUrl()));
        builder.environment().put("RINGCODE_MASTER_KEY", Ringcode.MASTER_KEY);
        builder.environment().putAll(more);
        var server = new ServerProcess(folder, builder.start());
        server.address.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return server;
    }

    /** With the very options that the launcher gives to the JVM, its heap among them. */
    public static ServerProcess asLaunched(Path folder, FakeCarrier carrier) throws Exception {
        var launcher = Files.readString(Path.of("ringcode"));
        var flags = Pattern.compile("(?m)^jvm_flags=\"([^\"]+)\"").matcher(launcher);
        if (!flags.find()) throw new AssertionError("The launcher names no options");
        return start(List.of(flags.group(1).split(" ", -1)), folder, carrier);
    }

    private void listen() {
        var serves = "Ringcode serves ";
        try (var lines = process.inputReader(UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.contains(serves)) address.complete(line.substring(line.indexOf(serves) + serves.length()));
            }
        } catch (IOException killed) {
            // It says no more.
        }
        address.completeExceptionally(new IllegalStateException("It did not start: " + said));
    }

    /** SIGKILL to the server alone; its PostgreSQL is told by the kernel. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * SIGKILL to the postmaster and all its children.
     *
     * @return when none of them is left
     */
    public CompletableFuture<Void> killPostgres() throws IOException {
        var postmaster = postmaster();
        var family =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        family.forEach(ProcessHandle::destroyForcibly);
        return CompletableFuture.allOf(
                family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
    }

    private ProcessHandle postmaster() throws IOException {
        var pid = Files.readAllLines(folder.resolve("postgres/cluster/data/postmaster.pid"))
                .getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    public int port() {
        return URI.create(address.join()).getPort();
    }

    /** SIGTERM. @return the exit status; empty where it is still there after so long */
    public OptionalInt terminate(Duration patience) throws InterruptedException {
        process.destroy();
        if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) return OptionalInt.of(process.exitValue());
        return OptionalInt.empty();
    }

    /** SIGTERM, and until everything is on disk. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        http.close();
    }

    public boolean isReady() {
        try {
            return get("/health/ready", null).status() == 200;
        } catch (IOException away) {
            return false;
        }
    }

    public Answer get(String path, @Nullable String bearer) throws IOException {
        return send(path, bearer, HttpRequest.newBuilder().GET());
    }

    public Answer post(String path, @Nullable String bearer, Map<String, Object> body) throws IOException {
        return send(
                path,
                bearer,
                HttpRequest.newBuilder().POST(BodyPublishers.ofString(Answer.JSON.writeValueAsString(body))));
    }

    private Answer send(String path, @Nullable String bearer, HttpRequest.Builder request) throws IOException {
        request.uri(URI.create(address.join() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json");
        if (bearer != null) request.header("Authorization", "Bearer " + bearer);
        try {
            return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    @Override
    public String toString() {
        return String.join("\n", said);
    }
}
