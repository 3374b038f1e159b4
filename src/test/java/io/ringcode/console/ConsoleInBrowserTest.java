package io.ringcode.console;

import io.ringcode.e2e.BrowserRun;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The console in a real Chromium. */
class ConsoleInBrowserTest {
    @TestFactory
    Stream<DynamicTest> console() throws Exception {
        try (var run = BrowserRun.start()) {
            var server = run.server();
            server.hasHistory();
            var carrier = server.plainUrl().replace("localhost", "127.0.0.1") + "/dev/carriers/twilio";
            return run.script(
                    "console.mjs", Map.of("RINGCODE_CARRIER", carrier, "RINGCODE_TOKEN", server.administratorLink()));
        }
    }
}
