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

/** Security keys and devices in a real Chromium with virtual authenticators. */
class PasskeysInBrowserTest {
    private static final Path PICTURES = Path.of("target/screenshots").toAbsolutePath();

    private static Path chromium;
    private static HttpsServer server;
    private static HttpServer application;
    private static Node node;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.installed();
        node = Node.installed();
        server = HttpsServer.startWithLocalPhone();
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<title>App</title><link rel=icon href=data:,>".getBytes(UTF_8));
            exchange.close();
        });
        application.start();
        server.callback(callback());
    }

    @AfterAll
    static void stop() {
        if (application != null) application.stop(0);
        if (server != null) server.close();
    }

    /** Where the application waits for its users. */
    private static String callback() {
        return "http://localhost:" + application.getAddress().getPort() + "/callback";
    }

    @TestFactory
    Stream<DynamicTest> passkeys() throws Exception {
        var run = node.script(
                server,
                "passkeys.mjs",
                Map.of(
                        "RINGCODE_CLIENT_ID",
                        HttpsServer.APP_ID,
                        "RINGCODE_CHROMIUM",
                        chromium.toString(),
                        "RINGCODE_ADMIN_ID",
                        HttpsServer.CLIENT_ID,
                        "RINGCODE_ADMIN_SECRET",
                        HttpsServer.CLIENT_SECRET,
                        "RINGCODE_CALLBACK",
                        callback(),
                        "RINGCODE_PICTURES",
                        PICTURES.toString()));
        return run.tests();
    }
}
