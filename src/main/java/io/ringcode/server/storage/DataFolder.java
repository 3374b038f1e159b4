package io.ringcode.server.storage;

import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.system.Failures;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of everything that a server keeps on disk, held by this process alone from {@link #open} to
 * {@link #close}. The kernel lets go of it when the process ends, however it ends.
 */
public final class DataFolder implements AutoCloseable {
    /**
     * POSIX locks belong to a process: a second one in the same process would succeed, and closing its file would drop
     * the first. So the process itself has to know what it holds.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** The exit status where another server holds it. */
    public static final int IN_USE = 75;

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes it if it is not there.
     *
     * @throws StartRefused if another server holds it, or it cannot be made or written
     */
    public static DataFolder open(Path folder) {
        try {
            DurableFiles.createPrivateFolders(folder);
            var path = folder.toRealPath();
            if (!HELD.add(path))
                throw heldBy(path, Long.toString(ProcessHandle.current().pid()));
            try {
                return new DataFolder(path, lock(path));
            } catch (IOException | RuntimeException failure) {
                HELD.remove(path);
                throw failure;
            }
        } catch (IOException failure) {
            throw new StartRefused(
                    1,
                    "The data folder " + folder + " cannot be used (" + Failures.reason(failure)
                            + "): it must belong to the user who runs the server" + owner(folder)
                            + "; choose another with --data or RINGCODE_DATA_DIR");
        }
    }

    /** Who started the server there before, mostly; nothing where the folder cannot be looked at. */
    private static String owner(Path folder) {
        try {
            var owner = Files.getOwner(folder).getName();
            var user = System.getProperty("user.name");
            return owner.equals(user)
                    ? ""
                    : " (" + user + ") and belongs to " + owner + ": start it as " + owner
                            + ", or give the folder away (chown -R " + user + ")";
        } catch (IOException _) {
            return "";
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        var pidFile = path.resolve("server.pid");
        var channel =
                FileChannel.open(path.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null)
                throw heldBy(
                        path, Files.exists(pidFile) ? Files.readString(pidFile).strip() : "unknown");
            DurableFiles.setMode(path.resolve("server.lock"), "rw-------");
            Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static StartRefused heldBy(Path path, String pid) {
        return new StartRefused(
                IN_USE,
                "The data folder " + path + " is in use by another server (process " + pid + "): stop that one first");
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Writes a file that only its owner can read, whole or not at all, and down to the disk. */
    public Path writePrivate(String name, String content) {
        try {
            DurableFiles.writePrivate(resolve(name), content.getBytes(StandardCharsets.UTF_8));
            return resolve(name);
        } catch (IOException failure) {
            throw StartRefused.because("Cannot write " + resolve(name) + " (" + Failures.reason(failure) + ")");
        }
    }

    @Override
    public void close() {
        try (lock) {
            Files.deleteIfExists(path.resolve("server.pid"));
        } catch (IOException _) {
            // The process is on its way out, and with it goes the lock.
        } finally {
            HELD.remove(path);
        }
    }
}
