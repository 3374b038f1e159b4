package io.ringcode.console;

import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The console's own files; browsers ask each time whether one has changed. */
@Controller
class ConsoleAssets {
    private static final String OWN = "/io/ringcode/console/";
    private static final Map<String, String> TYPES = Map.of(
            "console.css", "text/css;charset=utf-8",
            "console.js", "text/javascript;charset=utf-8",
            "htmx.js", "text/javascript;charset=utf-8",
            "routes.js", "text/javascript;charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final String htmx;

    ConsoleAssets() throws IOException {
        var version = new Properties();
        try (var pom =
                ConsoleAssets.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/htmx.org/pom.properties")) {
            if (pom == null) throw new IOException("htmx is not on the class path");
            version.load(pom);
        }
        htmx = "/META-INF/resources/webjars/htmx.org/" + version.getProperty("version") + "/dist/htmx.min.js";
    }

    @GetMapping("/console/assets/{name}")
    ResponseEntity<byte[]> asset(@PathVariable String name) throws IOException {
        var type = TYPES.get(name);
        if (type == null) return ResponseEntity.notFound().build();
        try (var file = ConsoleAssets.class.getResourceAsStream(name.equals("htmx.js") ? htmx : OWN + name)) {
            if (file == null) return ResponseEntity.notFound().build();
            return ResponseEntity.ok()
                    .header(HttpHeaders.CONTENT_TYPE, type)
                    .header("X-Content-Type-Options", "nosniff")
                    .cacheControl(CacheControl.noCache())
                    .body(file.readAllBytes());
        }
    }
}
