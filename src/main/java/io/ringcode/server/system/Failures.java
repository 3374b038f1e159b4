package io.ringcode.server.system;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Failures of the machine in the operator's words; the JDK's own messages are often just a file name. */
public final class Failures {
    private Failures() {}

    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileSystemException other when other.getReason() != null -> other.getReason() + ": " + other.getFile();
            default -> text(failure.getMessage(), failure);
        };
    }

    private static String text(@Nullable String message, IOException failure) {
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
