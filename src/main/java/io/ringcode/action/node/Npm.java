package io.ringcode.action.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.DurableFiles;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Installs what scripts require: one installation at a time, from the registry only, without running any package's own
 * scripts. The lock file names every package with its checksum; it is what is kept, and each server installs by it.
 */
final class Npm {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long MOST_BYTES = 300L * 1024 * 1024;
    private static final String LOCK = "package-lock.json";

    private final NodeProgram program;
    private final PackageFolders folders;
    private final RuntimeFolder runtime;
    private final Settings.Hooks settings;
    private final Semaphore turn = new Semaphore(1);

    Npm(NodeProgram program, PackageFolders folders, RuntimeFolder runtime, Settings.Hooks settings) {
        this.program = program;
        this.folders = folders;
        this.runtime = runtime;
        this.settings = settings;
    }

    /** Chooses versions and installs them. */
    Installed install(Map<String, String> dependencies, Consumer<String> progress)
            throws InstallFailed, InterruptedException {
        return inWorkplace(place -> {
            writeManifest(place, dependencies);
            run(place, "install", progress);
            var lock = Files.readString(place.resolve(LOCK));
            requireRegistryOnly(lock);
            return keep(place, lock);
        });
    }

    /** @return the folder with all that the lock names, installed now if it is not here yet */
    Path modules(Map<String, String> dependencies, String lock) throws InstallFailed, InterruptedException {
        var there = found(lock);
        if (there != null) return there;
        return inWorkplace(place -> {
                    var meanwhile = found(lock);
                    if (meanwhile != null) return new Installed(lock, meanwhile);
                    writeManifest(place, dependencies);
                    Files.writeString(place.resolve(LOCK), lock);
                    run(place, "ci", _ -> {});
                    return keep(place, lock);
                })
                .modules();
    }

    private @Nullable Path found(String lock) throws InstallFailed {
        try {
            return folders.find(lock).orElse(null);
        } catch (IOException failure) {
            throw unwritten(failure);
        }
    }

    private static InstallFailed unwritten(IOException failure) {
        return new InstallFailed("The dependencies could not be written: " + failure.getMessage());
    }

    private interface Work {
        Installed in(Path place) throws IOException, InstallFailed, InterruptedException;
    }

    private Installed inWorkplace(Work work) throws InstallFailed, InterruptedException {
        turn.acquire();
        try {
            var place = folders.workplace();
            try {
                return work.in(place);
            } finally {
                DurableFiles.deleteTree(place);
            }
        } catch (IOException failure) {
            throw unwritten(failure);
        } finally {
            turn.release();
        }
    }

    private static void writeManifest(Path place, Map<String, String> dependencies) throws IOException {
        var manifest = Map.of("name", "hook", "private", true, "dependencies", new TreeMap<>(dependencies));
        Files.writeString(place.resolve("package.json"), JsonMapper.shared().writeValueAsString(manifest));
    }

    private void run(Path place, String command, Consumer<String> progress)
            throws IOException, InstallFailed, InterruptedException {
        if (program.npm() == null)
            throw new InstallFailed(
                    "Dependencies need npm, and none was found on this server: install npm beside Node.js.");
        var words = new ArrayList<>(List.of(
                program.npm().toString(),
                command,
                "--ignore-scripts",
                "--omit=dev",
                "--no-audit",
                "--no-fund",
                "--no-update-notifier",
                "--omit-lockfile-registry-resolved",
                "--git=false",
                "--loglevel=http",
                "--cache=" + runtime.cache()));
        if (settings.registry() != null) words.add("--registry=" + settings.registry());
        var builder = new ProcessBuilder(words)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGCODE_"));
        builder.environment()
                .merge("PATH", String.valueOf(program.node().getParent()), (path, own) -> own + ":" + path);
        builder.environment()
                .merge("NODE_OPTIONS", "--require=\"" + runtime.npmGuard() + "\"", (own, guard) -> guard + " " + own);
        var process = builder.start();
        var said = new NpmOutput(progress);
        var reader = Thread.ofPlatform().name("npm-reader").daemon().start(() -> read(process, said));
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                throw new InstallFailed("npm had not finished within " + LIMIT.toMinutes() + " minutes.");
            reader.join();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) throw new InstallFailed(said.problem(place));
    }

    private static void read(Process process, NpmOutput said) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) said.hear(line);
        } catch (IOException ended) {
            // with its process
        }
    }

    /** A package may name others by an address or a repository: those are not from the registry and not pinned by it. */
    private static void requireRegistryOnly(String lock) throws InstallFailed {
        var elsewhere = JsonMapper.shared().readTree(lock).path("packages").properties().stream()
                .filter(entry -> !entry.getKey().isEmpty() && isElsewhere(entry.getValue()))
                .map(entry -> entry.getKey().replaceAll(".*node_modules/", ""))
                .collect(Collectors.joining(", "));
        if (!elsewhere.isEmpty())
            throw new InstallFailed("Not from the registry, and so not installed: " + elsewhere + ".");
    }

    private static boolean isElsewhere(JsonNode entry) {
        return entry.has("resolved") || entry.path("link").asBoolean(false) || !entry.has("integrity");
    }

    private Installed keep(Path place, String lock) throws IOException, InstallFailed {
        var modules = place.resolve("node_modules");
        Files.createDirectories(modules);
        if (size(modules) > MOST_BYTES)
            throw new InstallFailed("The dependencies take more than " + MOST_BYTES / 1024 / 1024 + " MB.");
        RuntimeFolder.readableByAll(place);
        return new Installed(lock, folders.keep(place, lock));
    }

    private static long size(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** @param modules the folder that holds the packages */
    record Installed(String lock, Path modules) {}
}
