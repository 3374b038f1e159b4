package io.ringcode.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** A child process with a log of its own; of root's it runs as PostgreSQL's account, since PostgreSQL refuses to be root. */
final class Daemon implements AutoCloseable {
    private static final String ACCOUNT = "postgres";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Process process;

    private Daemon(Process process) {
        this.process = process;
    }

    /** @param folder of its own, where {@code log} is written */
    static Daemon start(Path folder, List<String> words) throws IOException {
        var all = new ArrayList<String>();
        if (ROOT) all.addAll(List.of("setpriv", "--reuid=" + ACCOUNT, "--regid=" + ACCOUNT, "--clear-groups"));
        all.addAll(words);
        return startAsCaller(folder, all);
    }

    /** In the account that asks for it, where the program does not mind. */
    static Daemon startAsCaller(Path folder, List<String> words) throws IOException {
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("PYTHONUNBUFFERED", "1");
        return new Daemon(builder.start());
    }

    /** A folder that the account may write to. */
    static Path folder(Path parent, String name) throws IOException {
        var folder = Files.createDirectories(parent.resolve(name));
        if (!ROOT) return folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var accounts = folder.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(folder, accounts.lookupPrincipalByName(ACCOUNT));
        var top = Path.of(System.getProperty("java.io.tmpdir"));
        for (var above = parent;
                above != null && above.startsWith(top) && !above.equals(top);
                above = above.getParent())
            Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
        return folder;
    }

    static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    static void await(String what, Duration patience, Callable<Boolean> condition) throws Exception {
        var until = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > until) throw new IllegalStateException("Waited for in vain: " + what);
            Thread.sleep(100);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** A process with all of its descendants. */
    static List<ProcessHandle> family(ProcessHandle one) {
        return Stream.concat(Stream.of(one), one.descendants()).toList();
    }

    /** @param name such as {@code STOP} */
    static void signal(String name, List<ProcessHandle> processes) throws Exception {
        var words = new ArrayList<>(List.of("kill", "-" + name));
        for (var one : processes) if (one.isAlive()) words.add("" + one.pid());
        if (words.size() > 2) new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) kill();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
