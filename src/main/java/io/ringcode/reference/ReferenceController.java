package io.ringcode.reference;

import static org.springframework.http.MediaType.TEXT_HTML_VALUE;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.ringcode.reference.ReferencePage.Group;
import io.ringcode.server.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/** The API's description, for programs and for people: an index, a page for each group, and the manual. A page needs nothing but itself and the design tokens. */
@RestController
class ReferenceController {
    private static final String INDEX = "/docs";
    private static final String STYLE = Resources.text("reference.css");
    private static final String SCRIPT = Resources.text("reference.js");
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    /** Written once: they are large, always the same, and anybody may ask for them as often as they like. */
    private final SingletonSupplier<byte[]> document;

    private final SingletonSupplier<List<Group>> groups;
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final boolean dev;
    private final String policy;

    ReferenceController(Operations operations, ObjectMapper json, Settings settings) {
        this.document = SingletonSupplier.of(() -> json.writeValueAsBytes(OpenApi.document(operations.all())));
        this.groups = SingletonSupplier.of(() -> ReferencePage.groups(operations.all()));
        this.dev = settings.dev();
        this.policy = "default-src 'none'; style-src 'self' '" + hash(STYLE) + "'; script-src '" + hash(SCRIPT) + "';"
                + (dev ? " connect-src 'self';" : "")
                + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    @GetMapping("/api/openapi.json")
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document.obtain());
    }

    @GetMapping(path = INDEX, produces = TEXT_HTML_VALUE)
    ResponseEntity<byte[]> index() {
        return page(INDEX, null, null);
    }

    @GetMapping(path = INDEX + "/{group}", produces = TEXT_HTML_VALUE)
    ResponseEntity<byte[]> group(@PathVariable String group) {
        var address = INDEX + "/" + group;
        for (var folder : Manual.Folder.values())
            if (folder.address().equals(address)) return manual(address, Manual.front(folder));
        for (var one : groups.obtain()) if (one.address().equals(address)) return page(address, one, null);
        return ResponseEntity.notFound().build();
    }

    @GetMapping(path = INDEX + "/{folder}/{name}", produces = TEXT_HTML_VALUE)
    ResponseEntity<byte[]> manual(@PathVariable String folder, @PathVariable String name) {
        for (var one : Manual.Folder.values())
            if (one.address().equals(INDEX + "/" + folder))
                return manual(one.address() + "/" + name, Manual.page(one, name));
        return ResponseEntity.notFound().build();
    }

    private ResponseEntity<byte[]> manual(String address, Optional<Manual.Page> found) {
        return found.map(one -> page(address, null, one))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private ResponseEntity<byte[]> page(String address, @Nullable Group group, Manual.@Nullable Page manual) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .body(pages.computeIfAbsent(address, _ -> html(group, manual)));
    }

    private byte[] html(@Nullable Group group, Manual.@Nullable Page manual) {
        var html = new StringOutput(64 * 1024);
        var page = new ReferencePage(
                STYLE,
                SCRIPT,
                groups.obtain(),
                group,
                manual == null ? null : manual.title(),
                manual == null ? "" : manual.html(),
                dev);
        TEMPLATES.render("reference/page.jte", page, html);
        return html.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
