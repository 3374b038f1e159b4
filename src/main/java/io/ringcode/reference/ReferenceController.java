package io.ringcode.reference;

import static org.springframework.http.MediaType.TEXT_HTML_VALUE;
import static org.springframework.web.util.HtmlUtils.htmlEscape;

import io.ringcode.reference.Operations.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/** The API's description, for programs and for people. The page needs nothing but itself. */
@RestController
class ReferenceController {
    private static final String STYLE = """
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
            body{max-width:64rem;margin:2rem auto;padding:0 1rem}
            nav ul{columns:16rem;list-style:none;padding:0;margin:0 0 1rem}
            h2{margin-top:2.5rem;border-bottom:1px solid #8886}
            details{margin:.25rem 0;padding:.25rem .75rem;border:1px solid #8884;border-radius:.5rem}
            summary{cursor:pointer;padding:.25rem 0}summary span{opacity:.75}
            code{font-family:ui-monospace,monospace}b{display:inline-block;min-width:4.5rem}p{margin:.25rem 0}
            table{border-collapse:collapse;margin:.5rem 0 1rem}caption{text-align:left;font-weight:600}
            th,td{text-align:left;font-weight:400;padding:.125rem 1.5rem .125rem 0;border-bottom:1px solid #8883}
            """;

    private final Operations operations;

    /** Written once: they are large, always the same, and anybody may ask for them as often as they like. */
    private final SingletonSupplier<byte[]> document;

    private final SingletonSupplier<byte[]> page;

    ReferenceController(Operations operations, ObjectMapper json) {
        this.operations = operations;
        this.document = SingletonSupplier.of(() -> json.writeValueAsBytes(OpenApi.document(operations.all())));
        this.page = SingletonSupplier.of(() -> html().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/api/openapi.json")
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document.obtain());
    }

    @GetMapping(path = "/docs", produces = TEXT_HTML_VALUE)
    ResponseEntity<byte[]> page() {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src '" + hash() + "'; base-uri 'none';"
                                + " form-action 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .body(page.obtain());
    }

    private String html() {
        var html = new StringBuilder("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Ringcode API</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"><style>%s</style></head><body>
                <h1>Ringcode API</h1>
                <p>The same as <a href="/api/openapi.json">OpenAPI 3.1</a>. Any one of the scopes that are named opens an endpoint.</p>
                """.formatted(STYLE));
        var groups = new TreeMap<String, List<Operation>>();
        for (var operation : operations.all())
            groups.computeIfAbsent(operation.tag(), _ -> new ArrayList<>()).add(operation);
        html.append("<nav aria-label=\"Groups\"><ul>");
        groups.keySet()
                .forEach(group -> html.append("<li><a href=\"#")
                        .append(anchor(group))
                        .append("\">")
                        .append(htmlEscape(group))
                        .append("</a></li>"));
        html.append("</ul></nav><main>\n");
        groups.forEach((group, held) -> {
            html.append("<h2 id=\"")
                    .append(anchor(group))
                    .append("\">")
                    .append(htmlEscape(group))
                    .append("</h2>\n");
            held.forEach(operation -> html.append(article(operation)));
        });
        html.append("</main>");
        return html.append("</body></html>\n").toString();
    }

    private static String article(Operation operation) {
        var html = new StringBuilder("<details id=\"" + operation.id() + "\"><summary><code><b>" + operation.method()
                + "</b> " + htmlEscape(operation.path()) + "</code> <span>" + htmlEscape(operation.summary())
                + "</span></summary>");
        var body = operation.bodySchema();
        table(html, "Query", "required", Members.schema(operation.described().query()));
        table(html, "Body", "required", body == null ? Members.schema(operation.body()) : body);
        table(html, "Answer", "always there", operation.answer());
        if (!operation.scopes().isEmpty())
            html.append("<p>Scope: <code>")
                    .append(htmlEscape(String.join(" or ", operation.scopes())))
                    .append("</code></p>");
        return html.append("</details>\n").toString();
    }

    /** The members of an object, or of the objects in a list; of an answer that may be wrapped, as it is without. */
    private static void table(StringBuilder html, String title, String required, Map<?, ?> schema) {
        if (schema.get("anyOf") instanceof List<?> either && either.getFirst() instanceof Map<?, ?> bare)
            table(html, title, required, bare);
        else if (schema.get("items") instanceof Map<?, ?> items) table(html, title + ", a list of", required, items);
        else if (schema.get("properties") instanceof Map<?, ?> members && !members.isEmpty()) {
            html.append("<table><caption>").append(title).append("</caption>");
            members.forEach((name, member) -> html.append("<tr><th scope=\"row\"><code>")
                    .append(htmlEscape(String.valueOf(name)))
                    .append("</code></th><td>")
                    .append(htmlEscape(type(member)))
                    .append(
                            schema.get("required") instanceof List<?> names && names.contains(name)
                                    ? ", " + required
                                    : "")
                    .append("</td></tr>"));
            html.append("</table>");
        }
    }

    private static String type(@Nullable Object schema) {
        if (!(schema instanceof Map<?, ?> told)) return "anything";
        if (told.get("anyOf") instanceof List<?> either) return type(either.getFirst()) + " or null";
        if (told.get("enum") instanceof List<?> choices)
            return "one of " + choices.stream().map(String::valueOf).collect(Collectors.joining(", "));
        if (told.get("format") instanceof String format) return format;
        if (told.get("items") instanceof Map<?, ?> items && !items.isEmpty()) return "array of " + type(items);
        var range = told.containsKey("minimum") ? " from " + told.get("minimum") + " to " + told.get("maximum") : "";
        return told.get("type") instanceof String type ? type + range : "anything";
    }

    private static String anchor(String group) {
        return "group-" + group.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
