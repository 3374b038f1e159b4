package io.ringcode.console.script;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A script as it was typed. */
record HookDraft(String name, String script, boolean enabled, String dependencies) {
    static HookDraft of(HttpServletRequest request) {
        return new HookDraft(
                text(request, "name").strip(),
                text(request, "script").replace("\r\n", "\n"),
                request.getParameter("enabled") != null,
                text(request, "dependencies"));
    }

    Map<String, Object> body() {
        var packages = new LinkedHashMap<String, String>();
        dependencies.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            var at = line.lastIndexOf('@');
            packages.put(at > 0 ? line.substring(0, at) : line, at > 0 ? line.substring(at + 1) : "");
        });
        return new HashMap<>(Map.of("name", name, "script", script, "enabled", enabled, "dependencies", packages));
    }

    private static String text(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }
}
