package io.ringcode.authorization;

import io.ringcode.factor.FactorKind;
import io.ringcode.factor.WebAuthnSettings;
import io.ringcode.json.JsonAnswer;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which pages of other domains may use passkeys of this one (WebAuthn level 3 section 5.11, Related Origin Requests). Browsers ask. */
@OAuthDoor
@RestController
class RelatedOriginsController {
    private final Callers callers;
    private final Tenants tenants;

    RelatedOriginsController(Callers callers, Tenants tenants) {
        this.callers = callers;
        this.tenants = tenants;
    }

    record Related(List<String> origins) implements JsonAnswer {}

    @GetMapping("/.well-known/webauthn")
    ResponseEntity<Related> related(HttpServletRequest request) {
        var settings = tenants.settings(callers.tenant(request));
        var origins = Arrays.stream(FactorKind.values())
                .filter(FactorKind::isWebAuthn)
                .flatMap(kind -> WebAuthnSettings.of(settings, kind).related().stream())
                .distinct()
                .sorted()
                .toList();
        if (origins.isEmpty()) throw new OAuthRefused(OAuthError.NOT_FOUND);
        return ResponseEntity.ok(new Related(origins));
    }
}
