package io.ringcode.server.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Unpacks PostgreSQL once for all test processes, before their first test: every data folder of a test gets a copy, as those of
 * a packed server do, where unpacking takes seconds of a processor.
 */
public final class UnpackedPostgres implements LauncherSessionListener {
    /** Where a server looks for it, also one that a test starts. */
    public static final String PROPERTY = "ringcode.programs";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        var folder = Path.of("target", "postgres").toAbsolutePath();
        try (var guard = FileChannel.open(
                        Files.createDirectories(folder).resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = guard.lock()) {
            PostgresProgram.unpack(folder).removeOthers();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        System.setProperty(PROPERTY, folder.toString());
    }
}
