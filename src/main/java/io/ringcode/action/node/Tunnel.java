package io.ringcode.action.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes both ways between two connections, until both sides have said all. */
final class Tunnel {
    private static final int PIECE = 16 * 1024;

    private Tunnel() {}

    static void through(SocketChannel inside, SocketChannel outside) throws IOException {
        var back = Thread.ofVirtual().start(() -> copy(outside, inside));
        copy(inside, outside);
        try {
            back.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        var bytes = ByteBuffer.allocate(PIECE);
        try {
            while (from.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) to.write(bytes);
                bytes.clear();
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            // The other direction must learn of it too.
            Quietly.close(from);
            Quietly.close(to);
        }
    }
}
