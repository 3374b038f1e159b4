package io.ringcode.login;

import io.ringcode.e2e.BrowserRun;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The sign-in pages in a real Chromium. */
class PagesInBrowserTest {
    @TestFactory
    Stream<DynamicTest> pages() throws Exception {
        try (var run = BrowserRun.start()) {
            return run.script(
                    "pages.mjs", Map.of("RINGCODE_TICKET", run.server().ticket("ticket@example.com")));
        }
    }
}
