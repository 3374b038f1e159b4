package io.ringcode.server.http;

import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * How many connections there may be at once, and how long each waits for a byte. A connection costs up to some 150 KB while a
 * request is read from it (buffers of Tomcat, 16 KB of headers, 64 KB of a body), so that as many as may be open fill about
 * half of the heap.
 */
@Component
public final class ConnectionLimits implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final long HEAP_OF_A_CONNECTION = 320 * 1024;
    private static final int FEWEST = 200;
    private static final int MOST = 8192;

    /** For a single byte; {@link WatchedProtocol} has the deadline of the whole. */
    private static final int MILLIS_FOR_A_BYTE = 10_000;

    /** Longer than proxies keep an idle connection (60 s is usual), so that it is they who close it. */
    private static final int MILLIS_BETWEEN_REQUESTS = 75_000;

    /** Of a body that nobody reads, before the connection is closed instead. */
    private static final int MOST_SWALLOWED = 512 * 1024;

    /** What a connection reads from the network and writes to it at once, in bytes. Two such buffers last as long as the connection. */
    private static final int SOCKET_BUFFER = 4 * 1024;

    private static final List<String> SOCKET_BUFFERS = List.of("appReadBufSize", "appWriteBufSize");

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(WatchedProtocol.class.getName());
        factory.addConnectorCustomizers(ConnectionLimits::apply);
    }

    /** To a connector that Boot's customizers do not reach. */
    public static void apply(Connector connector) {
        if (!(connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol))
            throw new IllegalStateException("Not HTTP/1.1");
        protocol.setMaxConnections(most(Runtime.getRuntime().maxMemory()));
        protocol.setConnectionTimeout(MILLIS_FOR_A_BYTE);
        protocol.setKeepAliveTimeout(MILLIS_BETWEEN_REQUESTS);
        protocol.setMaxSwallowSize(MOST_SWALLOWED);
        for (var buffer : SOCKET_BUFFERS)
            if (!protocol.setProperty("socket." + buffer, Integer.toString(SOCKET_BUFFER)))
                throw new IllegalStateException("Tomcat has no " + buffer);
    }

    /** @param heap in bytes, at most */
    static int most(long heap) {
        return Math.clamp(heap / HEAP_OF_A_CONNECTION, FEWEST, MOST);
    }
}
