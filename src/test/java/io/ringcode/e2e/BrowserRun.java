package io.ringcode.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * A server with a local phone, an application to which it leads people back, and Chromium, which scripts in {@code e2e/} direct.
 * Pictures for people to look at are in {@code target/screenshots} after a run with {@code -Dringcode.pictures=true}.
 */
public final class BrowserRun implements AutoCloseable {
    private final Path chromium;
    private final Node node;
    private final HttpsServer server;
    private final HttpServer application;

    private BrowserRun(Path chromium, Node node, HttpsServer server, HttpServer application) {
        this.chromium = chromium;
        this.node = node;
        this.server = server;
        this.application = application;
    }

    /** @throws TestAbortedException on a machine without Chromium or Node, so that the report shows what was not tested */
    public static BrowserRun start() throws IOException, InterruptedException {
        return start(Map.of());
    }

    /** @param settings variables of the server */
    public static BrowserRun start(Map<String, String> settings) throws IOException, InterruptedException {
        var chromium = Chromium.installed();
        var node = Node.installed();
        var run = new BrowserRun(chromium, node, HttpsServer.startWithLocalPhone(settings), page("App"));
        run.server.callback(run.callback());
        return run;
    }

    /** A web server with one page. */
    public static HttpServer page(String title) throws IOException {
        var page = ("<title>" + title + "</title><link rel=icon href=data:,>").getBytes(UTF_8);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    public HttpsServer server() {
        return server;
    }

    public HttpServer application() {
        return application;
    }

    /** Where the application waits for its users. */
    String callback() {
        return "http://localhost:" + application.getAddress().getPort() + "/callback";
    }

    /**
     * A test for each call that the script reports, and one for its end.
     *
     * @param more variables of the script, beside those that all scripts have
     */
    public Stream<DynamicTest> script(String name, Map<String, String> more) throws IOException, InterruptedException {
        var variables = new HashMap<>(Map.of(
                "RINGCODE_CLIENT_ID",
                HttpsServer.APP_ID,
                "RINGCODE_CHROMIUM",
                chromium.toString(),
                "RINGCODE_ADMIN_ID",
                HttpsServer.CLIENT_ID,
                "RINGCODE_ADMIN_SECRET",
                HttpsServer.CLIENT_SECRET,
                "RINGCODE_CALLBACK",
                callback()));
        variables.putAll(more);
        return node.script(server, name, variables).tests();
    }

    @Override
    public void close() {
        application.stop(0);
        server.close();
    }
}
