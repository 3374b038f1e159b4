package io.ringcode.e2e;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One of the places for a browser at work, which the test processes share: as many browsers as processes make each other so late that
 * pages miss their time.
 */
final class BrowserPlace implements AutoCloseable {
    private static final int PLACES = 2;
    private static final int PAUSE_MILLIS = 100;

    private final FileChannel file;
    private final FileLock lock;

    private BrowserPlace(FileChannel file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Waits for a place, which ends with its process at the latest.
     *
     * @param folder of the lock files
     */
    static BrowserPlace take(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        while (true) {
            for (int number = 1; number <= PLACES; number++) {
                var place = tryTake(folder.resolve("browser-" + number + ".lock"));
                if (place != null) return place;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static @Nullable BrowserPlace tryTake(Path path) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = file.tryLock();
            if (lock != null) return new BrowserPlace(file, lock);
        } catch (OverlappingFileLockException ownProcess) {
            // taken by another thread of this process
        }
        file.close();
        return null;
    }

    @Override
    public void close() throws IOException {
        lock.release();
        file.close();
    }
}
