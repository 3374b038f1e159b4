package io.ringcode.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The browser that pages are looked at with; the one without windows of its own needs much less. */
final class Chromium {
    private Chromium() {}

    /** @throws TestAbortedException on a machine without one, so that the report shows what was not tested */
    static Path installed() {
        return Optional.ofNullable(System.getenv("RINGCODE_CHROMIUM"))
                .map(Path::of)
                .or(() -> Stream.of(
                                "/usr/bin/chromium-headless-shell",
                                "/usr/bin/chromium",
                                "/usr/bin/chromium-browser",
                                "/usr/bin/google-chrome")
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst())
                .orElseThrow(() -> new TestAbortedException(
                        "Chromium is not installed: the pages were not looked at in a browser. Install the package"
                                + " chromium, or name the program by RINGCODE_CHROMIUM"));
    }
}
