package io.ringcode.server.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Short-lived programs of the operating system, and what they said. */
public record Command(int exit, String output) {
    private static final int MOST_PIPED = 65_536;

    /** Runs with nothing on standard input; both outputs come back as one text. A program past its time is killed. */
    public static Command run(List<String> words, Path workFolder, Duration atMost) throws IOException {
        var output = Files.createTempFile("ringcode-", ".out");
        try {
            var process = new ProcessBuilder(words)
                    .directory(workFolder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            var said = Files.readString(output, StandardCharsets.ISO_8859_1).strip();
            return new Command(process.exitValue(), said);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + words.getFirst(), interrupted);
        } finally {
            Files.delete(output);
        }
    }

    /**
     * As {@link #run}, for programs that print a secret: what it says touches no disk, and its complaints are dropped.
     *
     * @throws IOException also where it, or a program that it began, keeps its output open for longer
     */
    public static Command piped(List<String> words, Path workFolder, Duration atMost) throws IOException {
        var process = new ProcessBuilder(words)
                .directory(workFolder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(new File("/dev/null"))
                .start();
        try {
            var said = CompletableFuture.supplyAsync(
                            () -> said(process),
                            task -> Thread.ofPlatform().daemon().start(task))
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return new Command(process.waitFor(), said);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + words.getFirst(), interrupted);
        } catch (TimeoutException hangs) {
            throw new IOException("it took longer than " + atMost.toSeconds() + " s", hangs);
        } catch (ExecutionException unread) {
            throw new IOException("its output cannot be read", unread);
        } finally {
            // A shell waits for others, which would go on without it.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The bytes come no faster than the program says them, so this may wait for as long as somebody has its output open. */
    private static String said(Process process) {
        try (var output = process.getInputStream()) {
            return new String(output.readNBytes(MOST_PIPED), StandardCharsets.UTF_8).strip();
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    public boolean succeeded() {
        return exit == 0;
    }

    /** The last line, which is where programs put their reason. */
    public String reason() {
        return output.lines().reduce((_, last) -> last).orElse("exit status " + exit);
    }

    public static Optional<Path> find(String program) {
        return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
