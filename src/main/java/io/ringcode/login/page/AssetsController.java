package io.ringcode.login.page;

import io.ringcode.authorization.Callers;
import io.ringcode.tenant.Branding;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The pages' own files, under addresses that change with them, so that browsers keep them for good. */
@RestController
class AssetsController {
    private final Assets assets;
    private final Callers callers;
    private final Tenants tenants;

    AssetsController(Assets assets, Callers callers, Tenants tenants) {
        this.assets = assets;
        this.callers = callers;
        this.tenants = tenants;
    }

    @GetMapping("/u/assets/theme.css")
    ResponseEntity<byte[]> theme(HttpServletRequest request) {
        var branding = Branding.of(tenants.settings(callers.tenant(request)));
        return kept("text/css;charset=utf-8", Theme.of(branding).css());
    }

    @GetMapping("/u/assets/{name}")
    ResponseEntity<byte[]> asset(@PathVariable String name) {
        return assets.find(name)
                .map(asset -> kept(asset.type(), asset.text()))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private static ResponseEntity<byte[]> kept(String type, String text) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .body(text.getBytes(StandardCharsets.UTF_8));
    }
}
