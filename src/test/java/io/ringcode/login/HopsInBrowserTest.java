package io.ringcode.login;

import io.ringcode.e2e.BrowserRun;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An application whose callback redirects to another origin, which Chromium counts among what a form leads to. */
class HopsInBrowserTest {
    @TestFactory
    Stream<DynamicTest> hops() throws Exception {
        var other = BrowserRun.page("Home");
        try (var run = BrowserRun.start()) {
            var welcome = "http://localhost:" + other.getAddress().getPort() + "/welcome";
            run.application().createContext("/callback", exchange -> {
                exchange.getResponseHeaders().add("Location", welcome);
                exchange.sendResponseHeaders(303, -1);
                exchange.close();
            });
            return run.script("hops.mjs", Map.of("RINGCODE_WELCOME", welcome));
        } finally {
            other.stop(0);
        }
    }
}
