package io.ringcode.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.trace.Tracing;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * An HTTP client for addresses that an administrator typed. Java's own resolves a name by itself when it connects, so that a
 * check before it can be answered with one address and the connection with another; here the connection is made by {@link GuardedSockets}
 * to the very address that was checked. One request a connection (HTTP/1.1), no proxy.
 */
@Component
public final class GuardedHttp {
    private static final int MOST_REDIRECTS = 3;

    private final GuardedSockets sockets;
    private final Tracing tracing;

    GuardedHttp(GuardedSockets sockets, Tracing tracing) {
        this.sockets = sockets;
        this.tracing = tracing;
    }

    /**
     * @param total time for the whole answer, its body included
     * @param most bytes of the answer's body
     */
    public record Limits(Duration total, int most) {}

    /** Whether the address can be refused at once, because it is written in digits and may not be reached. */
    public boolean refuses(URI address) {
        return sockets.refuses(peer(address));
    }

    /**
     * Follows up to three redirects, each resolved and checked as the first address was, and none from https to http.
     *
     * @throws IOException as {@link #post}
     */
    public GuardedResponse get(URI address, Limits limits) throws IOException {
        var next = address;
        for (int redirects = 0; ; redirects++) {
            var answer = exchange(next, limits, request("GET", next, Map.of("Accept", "*/*"), null));
            var location = answer.headers().firstValue("Location");
            if (answer.status() / 100 != 3 || location.isEmpty()) return answer;
            if (redirects == MOST_REDIRECTS) throw new IOException("Redirected more than " + MOST_REDIRECTS + " times");
            next = redirected(next, location.get());
        }
    }

    /**
     * Follows no redirect, and is never sent twice.
     *
     * @throws Dialer.Refused when there is no connection, with {@link Dialer#NOT_ALLOWED} where none may be made
     * @throws HttpTimeoutException when the whole answer was not there in time
     * @throws IOException when the connection broke off, or the answer is too large or not HTTP
     */
    public GuardedResponse post(URI address, Map<String, String> headers, String body, Limits limits)
            throws IOException {
        return exchange(address, limits, request("POST", address, traced(headers), body.getBytes(UTF_8)));
    }

    private Map<String, String> traced(Map<String, String> headers) {
        var traceparent = tracing.traceparent();
        if (traceparent == null) return headers;
        var all = new LinkedHashMap<>(headers);
        all.put(Tracing.HEADER, traceparent);
        return all;
    }

    private static URI redirected(URI from, String location) throws IOException {
        try {
            var to = from.resolve(location);
            var good = to.getHost() != null
                    && ("https".equals(to.getScheme()) || to.getScheme().equals(from.getScheme()));
            if (good) return to;
        } catch (IllegalArgumentException unreadable) {
            // the same refusal
        }
        throw new IOException("Redirected to an address that is none, or is less safe");
    }

    private GuardedResponse exchange(URI address, Limits limits, byte[] request) throws IOException {
        return sockets.connected(peer(address), limits.total(), socket -> {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return GuardedResponse.read(new BufferedInputStream(socket.getInputStream()), limits.most());
        });
    }

    private static GuardedSockets.Address peer(URI address) {
        return new GuardedSockets.Address(address.getHost(), port(address), "https".equals(address.getScheme()));
    }

    private static int port(URI address) {
        if (address.getPort() != -1) return address.getPort();
        return "https".equals(address.getScheme()) ? 443 : 80;
    }

    private static byte[] request(String method, URI address, Map<String, String> headers, byte @Nullable [] body) {
        var path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        var all = new LinkedHashMap<String, String>();
        all.put("Host", address.getPort() == -1 ? address.getHost() : address.getHost() + ":" + address.getPort());
        all.put("Connection", "close");
        all.put("User-Agent", "Ringcode");
        all.putAll(headers);
        if (body != null) all.put("Content-Length", Integer.toString(body.length));
        var head =
                new StringBuilder(method).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
        all.forEach((name, value) -> head.append(name)
                .append(": ")
                .append(value.replaceAll("[\\r\\n]", ""))
                .append("\r\n"));
        var bytes = new ByteArrayOutputStream();
        // An address may hold letters beyond ASCII, which a request's first line may not.
        bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
        if (body != null) bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
