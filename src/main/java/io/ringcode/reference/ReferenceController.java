package io.ringcode.reference;

import static org.springframework.http.MediaType.TEXT_HTML_VALUE;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/** The API's description, for programs and for people. The page needs nothing but itself. */
@RestController
class ReferenceController {
    private static final String STYLE = Resources.text("reference.css");
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

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
        var html = new StringOutput(256 * 1024);
        TEMPLATES.render("reference/page.jte", ReferencePage.of(operations.all(), STYLE), html);
        return html.toString();
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
