package io.ringcode.login;

import io.ringcode.e2e.BrowserRun;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Security keys and devices in a real Chromium with virtual authenticators. */
class PasskeysInBrowserTest {
    @TestFactory
    Stream<DynamicTest> passkeys() throws Exception {
        try (var run = BrowserRun.start()) {
            return run.script("passkeys.mjs", Map.of());
        }
    }
}
