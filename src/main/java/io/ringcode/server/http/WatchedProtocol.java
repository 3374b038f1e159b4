package io.ringcode.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.coyote.Constants;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 whose connections have a deadline for what Tomcat bounds by the single read or write only: the TLS handshake,
 * the request line with its headers, and what is left of a body or an answer when the handler has returned. So nobody holds a
 * connection by sending a byte now and then. Where most places are taken, a connection that asks for nothing loses its own.
 *
 * <p>Public, because Tomcat makes it by its name. The time that a handler reads and writes is bounded in {@code web}.
 */
public final class WatchedProtocol extends Http11NioProtocol {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE_WHEN_CROWDED = Duration.ofSeconds(2);

    private static final int ANSWER_BUFFER = 4 * 1024;

    private enum Phase {
        HANDSHAKE,
        /** Between requests, or before the first byte of one. */
        IDLE,
        HEADERS,
        HANDLER,
        /** What is left of the body is swallowed, and what is left of the answer sent. */
        END
    }

    /** @param requests how many this connection's processor has had, by which one is told from the next */
    private record Seen(Phase phase, int requests, long since) {}

    private final Map<SocketWrapperBase<?>, Processor> serving = new ConcurrentHashMap<>();

    /** When a connection's last request was done with, in nanoseconds; of open connections only, from one look to the next. */
    private final Map<SocketWrapperBase<?>, Long> lastAsked = new ConcurrentHashMap<>();

    private Map<SocketWrapperBase<NioChannel>, Seen> seen = new HashMap<>();
    private volatile @Nullable Thread watch;

    @Override
    public void start() throws Exception {
        super.start();
        watch = Thread.ofPlatform().daemon().name("connections").start(this::watch);
    }

    @Override
    public void stop() throws Exception {
        var thread = watch;
        watch = null;
        if (thread != null) thread.interrupt();
        super.stop();
    }

    private void watch() {
        while (watch == Thread.currentThread()) {
            try {
                Thread.sleep(BETWEEN_LOOKS);
                look(System.nanoTime());
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failed) {
                getLog().warn("Slow connections were not looked for; the next look follows", failed);
            }
        }
    }

    private void look(long now) {
        var crowded = getEndpoint().getConnectionCount() > getMaxConnections() * 3L / 4;
        var before = seen;
        var found = new HashMap<SocketWrapperBase<NioChannel>, Seen>();
        for (var connection : getEndpoint().getConnections()) {
            try {
                var at = at(connection, now);
                var earlier = before.get(connection);
                if (earlier != null && earlier.phase() == at.phase() && earlier.requests() == at.requests())
                    at = earlier;
                var patience = patience(at.phase(), crowded);
                if (patience != null && now - since(connection, at) > patience.toNanos()) connection.close();
                else found.put(connection, at);
            } catch (RuntimeException failed) {
                // One that changes while it is looked at must not protect the others.
                getLog().warn("A connection was not looked at; the others are", failed);
            }
        }
        seen = found;
        lastAsked.keySet().retainAll(found.keySet());
    }

    /** One that was idle at each look may have asked and been answered in between. */
    private long since(SocketWrapperBase<?> connection, Seen seen) {
        var asked = seen.phase() == Phase.IDLE ? lastAsked.get(connection) : null;
        return asked == null || asked - seen.since() < 0 ? seen.since() : asked;
    }

    private Seen at(SocketWrapperBase<NioChannel> connection, long now) {
        var processor = serving.get(connection);
        if (processor != null) {
            var info = processor.getRequest().getRequestProcessor();
            return new Seen(phase(info.getStage()), info.getRequestCount(), now);
        }
        // One that is kept for its connection waits for the rest of the headers, or for a handler that answers later.
        if (connection.getCurrentProcessor() instanceof Processor waiting) {
            if (waiting.isAsync() || waiting.getRequest() == null) return new Seen(Phase.HANDLER, 0, now);
            return new Seen(
                    Phase.HEADERS, waiting.getRequest().getRequestProcessor().getRequestCount(), now);
        }
        var channel = connection.getSocket();
        return new Seen(channel != null && channel.isHandshakeComplete() ? Phase.IDLE : Phase.HANDSHAKE, 0, now);
    }

    private static Phase phase(int stage) {
        return switch (stage) {
            case Constants.STAGE_SERVICE -> Phase.HANDLER;
            case Constants.STAGE_ENDINPUT, Constants.STAGE_ENDOUTPUT -> Phase.END;
            default -> Phase.HEADERS;
        };
    }

    /** @return null where it may take its time */
    private static @Nullable Duration patience(Phase phase, boolean crowded) {
        return switch (phase) {
            case HANDLER -> null;
            case IDLE -> crowded ? PATIENCE_WHEN_CROWDED : null;
            case HANDSHAKE, HEADERS, END -> crowded ? PATIENCE_WHEN_CROWDED : PATIENCE;
        };
    }

    /** For an answer that a handler writes, in bytes. Tomcat keeps three times as much for each request. */
    @Override
    public int getDesiredBufferSize() {
        return ANSWER_BUFFER;
    }

    @Override
    protected Processor createProcessor() {
        return new WatchedProcessor();
    }

    /** Tells whom it serves: a connection knows its processor only while that one waits. */
    private final class WatchedProcessor extends Http11Processor {
        WatchedProcessor() {
            super(WatchedProtocol.this, WatchedProtocol.this.getAdapter());
        }

        @Override
        public SocketState service(SocketWrapperBase<?> connection) throws IOException {
            var before = requests();
            serving.put(connection, this);
            try {
                return super.service(connection);
            } finally {
                if (requests() != before) lastAsked.put(connection, System.nanoTime());
                serving.remove(connection);
            }
        }

        private int requests() {
            return getRequest().getRequestProcessor().getRequestCount();
        }
    }
}
