package io.ringcode.action.node;

import io.ringcode.secret.RandomText;
import io.ringcode.server.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where brokers' sockets lie: a temporary folder, since a socket's path may have 107 bytes at most, whatever the data
 * folder's has. Others may pass through it and not look into it.
 */
final class SocketFolder implements AutoCloseable {
    private final Path path;
    private final RandomText random;

    SocketFolder(RandomText random) throws IOException {
        this.random = random;
        this.path = Files.createTempDirectory("ringcode-hooks-").toRealPath();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** A name that nothing has yet and nobody can guess. */
    Path fresh() {
        return path.resolve(random.mixed(22));
    }

    static void letEveryoneConnect(Path socket) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    static void delete(Path socket) {
        Quietly.close(() -> Files.deleteIfExists(socket));
    }

    @Override
    public void close() throws IOException {
        DurableFiles.deleteTree(path);
    }
}
