package io.ringcode.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An application whose callback redirects to another origin, which Chromium counts among what a form leads to. */
class HopsInBrowserTest {
    private static Path chromium;
    private static HttpsServer server;
    private static HttpServer application;
    private static HttpServer other;
    private static Node node;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.installed();
        node = Node.installed();
        server = HttpsServer.startWithLocalPhone();
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<title>Home</title><link rel=icon href=data:,>".getBytes(UTF_8));
            exchange.close();
        });
        other.start();
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/callback", exchange -> {
            exchange.getResponseHeaders().add("Location", welcome());
            exchange.sendResponseHeaders(303, -1);
            exchange.close();
        });
        application.start();
        server.callback(callback());
    }

    @AfterAll
    static void stop() {
        if (other != null) other.stop(0);
        if (application != null) application.stop(0);
        if (server != null) server.close();
    }

    private static String callback() {
        return "http://localhost:" + application.getAddress().getPort() + "/callback";
    }

    private static String welcome() {
        return "http://localhost:" + other.getAddress().getPort() + "/welcome";
    }

    @TestFactory
    Stream<DynamicTest> hops() throws Exception {
        var run = node.script(
                server,
                "hops.mjs",
                Map.of(
                        "RINGCODE_CLIENT_ID", HttpsServer.APP_ID,
                        "RINGCODE_CHROMIUM", chromium.toString(),
                        "RINGCODE_CALLBACK", callback(),
                        "RINGCODE_WELCOME", welcome(),
                        "RINGCODE_PICTURES",
                                Path.of("target/screenshots").toAbsolutePath().toString()));
        return run.tests();
    }
}
