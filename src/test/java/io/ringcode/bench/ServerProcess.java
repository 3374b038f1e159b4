package io.ringcode.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The server as its launcher starts it; the launcher becomes the server, so the process is the same. */
final class ServerProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Process process;
    private final int port;
    private final Duration startedIn;

    private ServerProcess(Process process, int port, Duration startedIn) {
        this.process = process;
        this.port = port;
        this.startedIn = startedIn;
    }

    /** Comes back with the first 200 of {@code /health/ready}. */
    static ServerProcess start(Path home, Path data, Map<String, String> env) throws Exception {
        return start(home, data, env, freePort());
    }

    /** @param port where it listens, so that one that was killed can come back */
    static ServerProcess start(Path home, Path data, Map<String, String> env, int port) throws Exception {
        var launcher = home.resolve("ringcode").toString();
        var builder = new ProcessBuilder(List.of(launcher, "--port", "" + port, "--data", data.toString()));
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGCODE_") && !isForLauncher(name));
        builder.environment().putAll(env);
        return start(builder, port, "/health/ready", Path.of(data + ".log"));
    }

    /** Any server that will listen at {@code port}; comes back with the first 200 of {@code ready}. */
    static ServerProcess start(ProcessBuilder builder, int port, String ready, Path log) throws Exception {
        var begin = System.nanoTime();
        var process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        while (!isReady(port, ready)) {
            if (!process.isAlive() || System.nanoTime() - begin > LONGEST_START.toNanos()) {
                process.destroy();
                throw new IllegalStateException("The server did not start, see " + log);
            }
            Thread.sleep(5);
        }
        return new ServerProcess(process, port, Duration.ofNanos(System.nanoTime() - begin));
    }

    static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    private static boolean isForLauncher(String name) {
        return name.equals("RINGCODE_JAVA_HOME") || name.equals("RINGCODE_JAVA_OPTS");
    }

    private static boolean isReady(int port, String path) {
        try (var connection = new Connection(port)) {
            return connection.get(path).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    int port() {
        return port;
    }

    Duration startedIn() {
        return startedIn;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
