package io.ringcode.trace;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringcode.server.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A collector on loopback that takes traces as OTLP over HTTP, and reads them by the numbers of the protocol's fields. */
final class Collector implements AutoCloseable {
    private static final String PATH = "/v1/traces";

    private final HttpServer server;
    private final List<Recorded> spans = new CopyOnWriteArrayList<>();

    /**
     * A span as it arrived.
     *
     * @param parent empty for none
     * @param kind by the protocol: 1 internal, 2 server, 3 client, 5 consumer
     * @param links the traces that it is linked to
     */
    record Recorded(
            String trace,
            String id,
            String parent,
            String name,
            long kind,
            Map<String, String> attributes,
            List<String> links) {
        String traceparent() {
            return "00-" + trace + "-" + id + "-01";
        }
    }

    Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext(PATH, this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    private void take(HttpExchange exchange) throws IOException {
        var request = UnknownFieldSet.parseFrom(exchange.getRequestBody());
        for (var resource : messages(request, 1))
            for (var scope : messages(resource, 2)) for (var span : messages(scope, 2)) spans.add(read(span));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Recorded read(UnknownFieldSet span) throws IOException {
        return new Recorded(
                hex(bytes(span, 1)),
                hex(bytes(span, 2)),
                hex(bytes(span, 4)),
                bytes(span, 5).toStringUtf8(),
                span.getField(6).getVarintList().getFirst(),
                messages(span, 9).stream()
                        .collect(Collectors.toMap(one -> bytes(one, 1).toStringUtf8(), Collector::value)),
                messages(span, 13).stream().map(link -> hex(bytes(link, 1))).toList());
    }

    private static String value(UnknownFieldSet attribute) {
        try {
            var value = messages(attribute, 2).getFirst();
            return value.hasField(3)
                    ? value.getField(3).getVarintList().getFirst().toString()
                    : bytes(value, 1).toStringUtf8();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet in, int field) throws IOException {
        var all = new CopyOnWriteArrayList<UnknownFieldSet>();
        for (var bytes : in.getField(field).getLengthDelimitedList()) all.add(UnknownFieldSet.parseFrom(bytes));
        return all;
    }

    private static ByteString bytes(UnknownFieldSet in, int field) {
        var all = in.getField(field).getLengthDelimitedList();
        return all.isEmpty() ? ByteString.EMPTY : all.getFirst();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    /** Everything that ever arrived. */
    List<Recorded> spans() {
        return List.copyOf(spans);
    }

    /** The only span of that name in a trace, once it has arrived. */
    Recorded span(String trace, String name) throws Exception {
        Eventually.holds(name + " in trace " + trace, () -> !named(trace, name).isEmpty());
        var found = named(trace, name);
        if (found.size() > 1) throw new AssertionError("Several spans " + name + ": " + found);
        return found.getFirst();
    }

    List<Recorded> named(String trace, String name) {
        return spans.stream()
                .filter(span -> span.trace().equals(trace) && span.name().equals(name))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
