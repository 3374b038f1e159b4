package io.ringcode.action.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What npm installed: one folder for each lock file, in {@code hooks/modules} of this server's own data folder. A folder's
 * time of change is the last moment when somebody wanted it, so that what nobody wants any more is known after a crash too.
 */
final class PackageFolders {
    /** Between an installation and the version that names it lie moments; a worker of a deleted version lives on for minutes. */
    static final Duration KEPT = Duration.ofDays(1);

    private final Path modules;
    private final Path workplaces;
    private final Clock clock;

    PackageFolders(DataFolder data, Clock clock) {
        this.modules = data.resolve("hooks").resolve("modules");
        this.workplaces = data.resolve("hooks").resolve("builds");
        this.clock = clock;
    }

    /** What a lock file's folder is called: the first 32 hex digits of its SHA-256. */
    static String name(String lock) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(lock.getBytes(UTF_8)))
                    .substring(0, 32);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }

    /** The packages of that lock, kept for as long as anybody may begin to use them now. */
    synchronized Optional<Path> find(String lock) throws IOException {
        var folder = modules.resolve(name(lock));
        if (!Files.isDirectory(folder)) return Optional.empty();
        want(folder);
        return Optional.of(packages(folder));
    }

    /** Puts what was installed in {@code place} where {@link #find} finds it, if nothing is there yet. */
    synchronized Path keep(Path place, String lock) throws IOException {
        var there = find(lock);
        if (there.isPresent()) return there.get();
        var folder = modules.resolve(name(lock));
        want(place);
        DurableFiles.moveIntoPlace(place, folder);
        return packages(folder);
    }

    static Path packages(Path folder) {
        return folder.resolve("node_modules");
    }

    private void want(Path folder) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
    }

    /** A new folder for one installation. */
    Path workplace() throws IOException {
        Files.createDirectories(workplaces);
        return Files.createTempDirectory(workplaces, "npm-");
    }

    /** Takes away what a killed server was installing: nobody else works in this data folder, and we have not begun. */
    void clear() throws IOException {
        for (var place : workplaces("npm-")) DurableFiles.deleteTree(place);
    }

    /** The names of all folders that are there. */
    List<String> names() throws IOException {
        if (!Files.isDirectory(modules)) return List.of();
        try (var all = Files.list(modules)) {
            return all.map(folder -> folder.getFileName().toString()).toList();
        }
    }

    /**
     * Deletes folders that have not been wanted for a day.
     *
     * @param wanted names of those that a version still refers to
     * @return how many went
     */
    int prune(Collection<String> wanted) throws IOException {
        int gone = 0;
        for (var name : names()) if (remove(name, wanted.contains(name))) gone++;
        for (var place : workplaces("removed-")) DurableFiles.deleteTree(place);
        return gone;
    }

    /** Moves an unwanted folder out of the way in one step, so that nobody finds half of it. */
    private synchronized boolean remove(String name, boolean wanted) throws IOException {
        var folder = modules.resolve(name);
        if (wanted) {
            want(folder);
            return false;
        }
        var last = Files.getLastModifiedTime(folder).toInstant();
        if (last.plus(KEPT).isAfter(clock.instant())) return false;
        Files.createDirectories(workplaces);
        DurableFiles.moveIntoPlace(folder, workplaces.resolve("removed-" + name));
        return true;
    }

    private List<Path> workplaces(String kind) throws IOException {
        if (!Files.isDirectory(workplaces)) return List.of();
        try (var all = Files.list(workplaces)) {
            return all.filter(place -> place.getFileName().toString().startsWith(kind))
                    .toList();
        }
    }
}
