package io.ringcode.log;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A system that takes log records by HTTP, and answers as it is told. */
final class LogReceiver implements AutoCloseable {
    private final HttpServer server;
    final List<Taken> taken = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    final AtomicInteger refused = new AtomicInteger();

    record Taken(String path, Map<String, String> headers, String body) {
        String header(String name) {
            return Objects.requireNonNull(headers.get(name));
        }

        List<JsonNode> lines() {
            return body.lines().map(JsonMapper.shared()::readTree).toList();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    LogReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        var answer = status;
        if (answer / 100 == 2) taken.add(new Taken(exchange.getRequestURI().toString(), headers, body));
        else refused.incrementAndGet();
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String address(String path) {
        return "http://127.0.0.2:" + port() + path;
    }

    /** All records, from all requests, of bodies with one in each line. */
    List<JsonNode> records() {
        return taken.stream().flatMap(one -> one.lines().stream()).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
