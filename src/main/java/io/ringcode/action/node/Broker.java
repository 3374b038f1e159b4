package io.ringcode.action.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.network.Dialer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker's only road out. The worker asks for a host and port over a socket in the file system, which leads out of its
 * own empty network; the broker connects to the very address that it checked, so no name can lead elsewhere in between.
 */
final class Broker implements AutoCloseable {
    private static final int MOST_TUNNELS = 128;
    private static final int LONGEST_QUESTION = 1024;

    private final SocketFolder folder;
    private final Dialer dialer;
    private final Path room;
    private final Path path;
    private final ServerSocketChannel listening;
    private final Semaphore free = new Semaphore(MOST_TUNNELS);
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

    Broker(SocketFolder folder, Dialer dialer) throws IOException {
        this.folder = folder;
        this.dialer = dialer;
        this.room = folder.room();
        this.path = folder.fresh(room);
        this.listening = listen(path);
        Thread.ofVirtual().name("hook-broker").start(this::accept);
    }

    Path path() {
        return path;
    }

    /** The folder of all sockets that the worker is ever told of. */
    Path room() {
        return room;
    }

    /** Anybody may connect who knows the name: it is random, and nobody but us can list the folder. */
    private static ServerSocketChannel listen(Path path) throws IOException {
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(path));
        SocketFolder.letEveryoneConnect(path);
        return channel;
    }

    private void accept() {
        try {
            while (true) {
                var asking = listening.accept();
                Thread.ofVirtual().start(() -> answer(asking));
            }
        } catch (IOException closed) {
            // the worker has ended
        }
    }

    private void answer(SocketChannel asking) {
        try (asking) {
            open.add(asking);
            var question = JsonMapper.shared().readTree(line(asking));
            var host = question.path("host").asString("");
            var port = question.path("port").asInt(0);
            if (free.tryAcquire()) {
                try {
                    connect(asking, host, port);
                } finally {
                    free.release();
                }
            } else {
                tell(asking, Map.of("code", "EMFILE", "message", "Too many connections at once"));
            }
        } catch (IOException | JacksonException gone) {
            // A worker that ended, or talks nonsense: either way there is nobody to tell.
        } finally {
            open.remove(asking);
        }
    }

    private void connect(SocketChannel asking, String host, int port) throws IOException {
        try (var outside = dialer.dial(host, port)) {
            open.add(outside);
            var way = folder.fresh(room);
            try (var inner = listen(way)) {
                open.add(inner);
                tell(asking, Map.of("path", way.toString()));
                try (var inside = inner.accept()) {
                    open.add(inside);
                    Files.deleteIfExists(way);
                    Tunnel.through(inside, outside);
                    open.remove(inside);
                } finally {
                    open.remove(inner);
                    Files.deleteIfExists(way);
                }
            } finally {
                open.remove(outside);
            }
        } catch (Dialer.Refused refused) {
            tell(asking, Map.of("code", refused.code(), "message", refused.sentence()));
        }
    }

    private static void tell(SocketChannel asking, Map<String, String> answer) throws IOException {
        var bytes = ByteBuffer.wrap((JsonMapper.shared().writeValueAsString(answer) + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) asking.write(bytes);
    }

    private static String line(SocketChannel asking) throws IOException {
        var bytes = ByteBuffer.allocate(LONGEST_QUESTION);
        while (bytes.hasRemaining() && asking.read(bytes) >= 0)
            if (bytes.position() > 0 && bytes.get(bytes.position() - 1) == '\n') break;
        return UTF_8.decode(bytes.flip()).toString();
    }

    /** Ends every connection of the worker. */
    @Override
    public void close() {
        Quietly.close(listening);
        for (var each : open) Quietly.close(each);
        SocketFolder.delete(room);
    }
}
