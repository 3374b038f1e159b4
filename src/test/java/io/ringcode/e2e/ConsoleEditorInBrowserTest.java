package io.ringcode.e2e;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the console's own JavaScript does, in a real Chromium; pictures are in {@code target/screenshots}. */
class ConsoleEditorInBrowserTest {
    private static final Path PICTURES = Path.of("target/screenshots").toAbsolutePath();

    private static Path chromium;
    private static Node node;
    private static HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.installed();
        node = Node.installed();
        server = HttpsServer.startWithLocalPhone();
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    @TestFactory
    Stream<DynamicTest> editors() throws Exception {
        var run = node.script(
                server,
                "console-editor.mjs",
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
                        server.plainUrl(),
                        "RINGCODE_PICTURES",
                        PICTURES.toString(),
                        "RINGCODE_TOKEN",
                        server.administratorLink()));
        return run.tests();
    }
}
