package io.ringcode.management.client;

import com.nimbusds.jose.jwk.JWKSet;
import io.ringcode.client.Caller;
import io.ringcode.client.TrustedIssuers;
import io.ringcode.client.TrustedIssuers.TrustedIssuer;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.network.GuardedHttp;
import io.ringcode.server.settings.Settings;
import io.ringcode.tenant.Tenants;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.HashSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The trusted issuers, whose word is taken for the first factor. Auth0 has no such resource; its style is kept. */
@RestController
@RequestMapping("/api/v2/guardian/trusted-issuers")
class TrustedIssuersController {
    private static final int MOST = 20;

    private final Tenants tenants;
    private final Changes changes;
    private final GuardedHttp http;
    private final boolean dev;

    TrustedIssuersController(Tenants tenants, Changes changes, GuardedHttp http, Settings settings) {
        this.tenants = tenants;
        this.changes = changes;
        this.http = http;
        this.dev = settings.dev();
    }

    @GetMapping
    @RequiresScope("read:guardian_factors")
    TrustedIssuers get(Caller caller) {
        return tenants.settings(caller.tenant()).get(TrustedIssuers.NAME, TrustedIssuers.class, TrustedIssuers.NONE);
    }

    /** Replaces them all. */
    @PutMapping
    @RequiresScope("update:guardian_factors")
    TrustedIssuers set(Caller caller, Body body) {
        body.only("issuers");
        var trusted = new TrustedIssuers(
                body.objects("issuers", MOST).stream().map(this::issuer).toList());
        var seen = new HashSet<String>();
        for (var issuer : trusted.issuers())
            if (!seen.add(issuer.issuer() + " " + issuer.clientId()) || !seen.add(issuer.name()))
                throw ManagementRefused.body("issuers", "Two have the same name, or the same issuer and client_id");
        changes.set(caller, TrustedIssuers.NAME, trusted);
        return trusted;
    }

    private TrustedIssuer issuer(Body body) {
        body.only("name", "issuer", "audience", "client_id", "jwks_uri", "jwks");
        var name = body.text("name", 1, 40);
        if (!name.matches("[a-z0-9-]+") || name.equals("auth0"))
            throw ManagementRefused.body("issuers.name", "Expected lower-case letters, digits and dashes");
        if (body.has("jwks_uri") == body.has("jwks"))
            throw ManagementRefused.body("issuers", "Expected either jwks_uri or jwks");
        return new TrustedIssuer(
                name,
                body.text("issuer", 1, 500),
                body.text("audience", 1, 500),
                body.text("client_id", 1, 100),
                body.has("jwks_uri") ? address(body.text("jwks_uri", 1, 2_000)) : null,
                body.has("jwks") ? keys(body) : null);
    }

    private URI address(String text) {
        try {
            var address = new URI(text);
            var https = "https".equals(address.getScheme());
            if (address.getHost() != null && (https || (dev && "http".equals(address.getScheme())))) {
                if (!http.refuses(address)) return address;
                throw ManagementRefused.body(
                        "issuers.jwks_uri", "Expected a public address, or one that RINGCODE_REACHABLE names");
            }
        } catch (URISyntaxException unreadable) {
            // falls through to the refusal
        }
        throw ManagementRefused.body("issuers.jwks_uri", "Expected an https address");
    }

    private static tools.jackson.databind.JsonNode keys(Body body) {
        var keys = body.raw("jwks");
        try {
            var set = JWKSet.parse(keys.toString());
            if (!set.isEmpty() && set.getKeys().stream().noneMatch(key -> key.isPrivate())) return keys;
        } catch (ParseException unreadable) {
            // falls through to the refusal
        }
        throw ManagementRefused.body("issuers.jwks", "Expected a set of public keys (RFC 7517)");
    }
}
