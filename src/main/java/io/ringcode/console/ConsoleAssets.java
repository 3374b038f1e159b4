package io.ringcode.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The console's own files and those of its libraries; browsers ask each time whether one has changed. */
@Controller
class ConsoleAssets {
    private static final String OWN = "/io/ringcode/console/";
    private static final Set<String> NAMES = Set.of(
            "branding.css",
            "chart.js",
            "console.css",
            "console.js",
            "copy.js",
            "editor.js",
            "hook.js",
            "htmx.js",
            "icon.svg",
            "insert.js",
            "log.js",
            "palette.js",
            "prism.js",
            "routes.css",
            "routes.js",
            "script.css",
            "story.js",
            "texts.css");

    private static final Map<String, String> TYPES =
            Map.of("css", "text/css;charset=utf-8", "js", "text/javascript;charset=utf-8", "svg", "image/svg+xml");

    /** The files of a library, one after the other. */
    private final Map<String, List<String>> libraries;

    ConsoleAssets() throws IOException {
        var prism = webjar("prismjs") + "components/prism-";
        libraries = Map.of(
                "htmx.js", List.of(webjar("htmx.org") + "dist/htmx.min.js"),
                "prism.js", List.of(prism + "core.min.js", prism + "clike.min.js", prism + "javascript.min.js"));
    }

    private static String webjar(String name) throws IOException {
        var version = new Properties();
        try (var pom = ConsoleAssets.class.getResourceAsStream(
                "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            if (pom == null) throw new IOException(name + " is not on the class path");
            version.load(pom);
        }
        return "/META-INF/resources/webjars/" + name + "/" + version.getProperty("version") + "/";
    }

    @GetMapping("/console/assets/{name}")
    ResponseEntity<byte[]> asset(@PathVariable String name) throws IOException {
        var type = NAMES.contains(name) ? TYPES.get(name.substring(name.lastIndexOf('.') + 1)) : null;
        if (type == null) return ResponseEntity.notFound().build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.noCache())
                .body(read(libraries.getOrDefault(name, List.of(OWN + name))));
    }

    private static byte[] read(List<String> files) throws IOException {
        var all = new ByteArrayOutputStream();
        for (var name : files) {
            try (var file = ConsoleAssets.class.getResourceAsStream(name)) {
                if (file == null) throw new IOException(name + " is not on the class path");
                file.transferTo(all);
                all.write('\n');
            }
        }
        return all.toByteArray();
    }
}
