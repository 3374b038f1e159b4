package io.ringcode.e2e;

import io.ringcode.Ringcode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page as the server wrote it, and how a browser comes to it.
 *
 * @param look {@code desktop}, {@code dark}, {@code phone} or {@code narrow}: as it is loaded
 * @param views {@code light}, {@code dark}, {@code phone}, {@code rtl}, {@code narrow}: into which it is turned, to be measured and pictured
 * @param compared views in which it is compared with how it looked
 * @param judged views that are held to the rules of accessibility
 * @param target how high what is pressed must be, in pixels
 * @param largest what it may weigh with its files, in bytes
 */
record PageLook(
        String name,
        String host,
        String look,
        List<String> views,
        List<String> compared,
        List<String> judged,
        int target,
        int largest,
        String csp,
        String file) {
    static final int LARGEST = 60 * 1024;
    static final int LEAST_TARGET = 44;

    /** How the picture is taken that is compared. */
    enum Shot {
        /** As the page is when it has been loaded; in one of ten or twenty, a part of it comes later. */
        AT_ONCE,
        /** Until two in a row are the same. */
        AT_REST
    }

    /** Opens them all, and holds them to what they looked like; those that look different are looked at once more. */
    static Stream<DynamicTest> tests(List<PageLook> pages, Path folder, Looks looks, Path chromium, Node node)
            throws Exception {
        for (var page : pages) for (var view : page.compared) looks.expect(view, page.name);
        var run = open(pages, Shot.AT_ONCE, folder, looks, chromium, node).tests();
        var differing = looks.complaints().keySet();
        if (!differing.isEmpty()) {
            var again = pages.stream().map(page -> page.among(differing)).filter(page -> !page.compared.isEmpty());
            run = Stream.concat(
                    run,
                    open(again.toList(), Shot.AT_REST, folder, looks, chromium, node)
                            .tests());
        }
        return Stream.concat(run, looks.tests());
    }

    /** Compared in the views that are named, and nothing else. */
    private PageLook among(Set<String> viewsAndNames) {
        var left = compared.stream()
                .filter(view -> viewsAndNames.contains(view + " " + name))
                .toList();
        return new PageLook(name, host, look, List.of(), left, List.of(), target, largest, csp, file);
    }

    static Node.Run open(List<PageLook> pages, Shot shot, Path folder, Looks looks, Path chromium, Node node)
            throws Exception {
        var list = folder.resolve("pages.json");
        Files.writeString(list, JsonMapper.shared().writeValueAsString(pages));
        return node.script(
                "screens.mjs",
                Map.of(
                        "RINGCODE_PORT", String.valueOf(Ringcode.shared().port()),
                        "RINGCODE_CHROMIUM", chromium.toString(),
                        "RINGCODE_PAGES", list.toString(),
                        "RINGCODE_SHOT", shot.name(),
                        "RINGCODE_LOOKS", looks.pictures().toString()));
    }
}
