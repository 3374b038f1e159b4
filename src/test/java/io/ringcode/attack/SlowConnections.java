package io.ringcode.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many connections of somebody who says and takes little. */
final class SlowConnections implements AutoCloseable {
    private final int port;
    private final List<SocketChannel> open = new ArrayList<>();

    SlowConnections(int port) {
        this.port = port;
    }

    /** Each begins a request and stops. */
    void open(int connections, String line, int announced, String body) throws IOException {
        var request = line + "\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + announced + "\r\n\r\n" + body;
        for (int i = 0; i < connections; i++) send(open(), request);
    }

    /** Takes little before it stops taking anything. */
    SocketChannel open() throws IOException {
        var connection = SocketChannel.open();
        connection.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        connection.configureBlocking(false);
        open.add(connection);
        return connection;
    }

    void send(SocketChannel connection, String text) throws IOException {
        connection.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    /** Those that are still open. */
    int count() {
        return open.size();
    }

    /** To those that the server has not closed. */
    void sendToAll(String more) {
        open.removeIf(connection -> !takes(connection, more));
    }

    void areClosedWithin(Duration time) throws Exception {
        var end = System.nanoTime() + time.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            open.removeIf(SlowConnections::isClosed);
            Thread.sleep(100);
        }
        assertThat(open).as("still there").isEmpty();
    }

    private static boolean isClosed(SocketChannel connection) {
        try {
            var answer = ByteBuffer.allocate(4096);
            int got;
            do got = connection.read(answer.clear());
            while (got > 0);
            return got < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private boolean takes(SocketChannel connection, String more) {
        if (isClosed(connection)) return false;
        try {
            send(connection, more);
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    /** Connections that a server has open, as the kernel counts them (proc(5): local port in hexadecimal, state 1). */
    static long heldBy(int server) throws IOException {
        var port = String.format(":%04X", server);
        long count = 0;
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6"))
            try (var lines = Files.lines(Path.of(table))) {
                count += lines.map(line -> line.strip().split("\\s+"))
                        .filter(line -> line[1].endsWith(port) && line[3].equals("01"))
                        .count();
            }
        return count;
    }

    /** All hang up. */
    @Override
    public void close() throws IOException {
        for (var connection : open) connection.close();
        open.clear();
    }
}
