package io.ringcode.e2e;

import io.ringcode.action.node.PackageRegistry;
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
    private static PackageRegistry registry;
    private static HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.installed();
        node = Node.installed();
        registry = new PackageRegistry();
        registry.put("slow", "1.0.0", "module.exports = 'slow';", Map.of());
        registry.hold("slow");
        var settings = Map.of("RINGCODE_NPM_REGISTRY", registry.url().toString());
        server = HttpsServer.startWithLocalPhone(settings);
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
        if (registry != null) registry.close();
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
                        "RINGCODE_REGISTRY",
                        registry.url().toString(),
                        "RINGCODE_TOKEN",
                        server.administratorLink()));
        return run.tests();
    }
}
