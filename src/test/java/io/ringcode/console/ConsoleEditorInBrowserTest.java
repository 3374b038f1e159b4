package io.ringcode.console;

import io.ringcode.action.node.PackageRegistry;
import io.ringcode.e2e.BrowserRun;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the console's own JavaScript does, in a real Chromium. */
class ConsoleEditorInBrowserTest {
    @TestFactory
    Stream<DynamicTest> editors() throws Exception {
        try (var registry = new PackageRegistry()) {
            registry.put("slow", "1.0.0", "module.exports = 'slow';", Map.of());
            registry.hold("slow");
            var address = registry.url().toString();
            try (var run = BrowserRun.start(Map.of("RINGCODE_NPM_REGISTRY", address))) {
                var server = run.server();
                var more = Map.of(
                        "RINGCODE_CALLBACK", server.plainUrl(),
                        "RINGCODE_REGISTRY", address,
                        "RINGCODE_TOKEN", server.administratorLink());
                return run.script("console-editor.mjs", more);
            }
        }
    }
}
