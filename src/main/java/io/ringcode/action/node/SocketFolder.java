package io.ringcode.action.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.secret.RandomText;
import io.ringcode.server.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where brokers' sockets lie: in the data folder, or in a temporary one where that has too long a path, for a socket's may
 * have 107 bytes at most. Others may pass through it and not look into it.
 */
final class SocketFolder implements AutoCloseable {
    private static final int LONGEST_FOLDER = 80;
    /** Characters of 62 kinds: more than anybody can try. */
    private static final int NAME = 11;

    private final Path path;
    private final RandomText random;

    /** @param usual is emptied of what a killed server may have left there */
    SocketFolder(Path usual, RandomText random) throws IOException {
        this.random = random;
        if (usual.toString().getBytes(UTF_8).length > LONGEST_FOLDER) {
            this.path = Files.createTempDirectory("ringcode-hooks-").toRealPath();
        } else {
            DurableFiles.deleteTree(usual);
            this.path = Files.createDirectories(usual);
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** A folder for one worker, which is all that it sees of this one where it has a file system of its own. */
    Path room() throws IOException {
        var room = Files.createDirectory(fresh(path));
        Files.setPosixFilePermissions(room, PosixFilePermissions.fromString("rwx--x--x"));
        return room;
    }

    /** A name that nothing has yet and nobody can guess. */
    Path fresh(Path room) {
        return room.resolve(random.mixed(NAME));
    }

    static void letEveryoneConnect(Path socket) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    static void delete(Path room) {
        Quietly.close(() -> DurableFiles.deleteTree(room));
    }

    @Override
    public void close() throws IOException {
        DurableFiles.deleteTree(path);
    }
}
