package io.ringcode.reference;

import static org.springframework.http.MediaType.TEXT_HTML_VALUE;
import static org.springframework.web.util.HtmlUtils.htmlEscape;

import io.ringcode.reference.Operations.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's description, for programs and for people. The page needs nothing but itself. */
@RestController
class ReferenceController {
    private static final String STYLE = """
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:60rem;margin:2rem auto;padding:0 1rem}
            h2{margin-top:2.5rem;border-bottom:1px solid #8886}article{margin:1rem 0;padding:.5rem .75rem;border:1px solid #8884;border-radius:.5rem}
            h3{margin:0;font-size:1rem}code{font-family:ui-monospace,monospace}b{display:inline-block;min-width:4.5rem}p{margin:.25rem 0}""";

    private final Operations operations;

    ReferenceController(Operations operations) {
        this.operations = operations;
    }

    @GetMapping("/api/openapi.json")
    Map<String, Object> document() {
        return OpenApi.document(operations.all());
    }

    @GetMapping(path = "/docs", produces = TEXT_HTML_VALUE)
    ResponseEntity<String> page() {
        var html = new StringBuilder("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Ringcode API</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"><style>%s</style></head><body>
                <h1>Ringcode API</h1>
                <p>The same as <a href="/api/openapi.json">OpenAPI 3.1</a>. Any one of the scopes that are named opens an endpoint.</p>
                """.formatted(STYLE));
        var tag = "";
        for (var operation : operations.all()) {
            if (!operation.tag().equals(tag)) {
                tag = operation.tag();
                html.append("<h2>").append(htmlEscape(tag)).append("</h2>\n");
            }
            html.append(article(operation));
        }
        return ResponseEntity.ok()
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src '" + hash() + "'; base-uri 'none';"
                                + " form-action 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .body(html.append("</body></html>\n").toString());
    }

    private static String article(Operation operation) {
        var html =
                new StringBuilder("<article id=\"" + operation.id() + "\"><h3><code><b>" + operation.method() + "</b> "
                        + htmlEscape(operation.path()) + "</code></h3><p>" + htmlEscape(operation.summary()) + "</p>");
        if (!operation.body().isEmpty())
            html.append("<p>Body: <code>")
                    .append(htmlEscape(String.join(" ", operation.body())))
                    .append("</code></p>");
        if (!operation.scopes().isEmpty())
            html.append("<p>Scope: <code>")
                    .append(htmlEscape(String.join(" or ", operation.scopes())))
                    .append("</code></p>");
        return html.append("</article>\n").toString();
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
