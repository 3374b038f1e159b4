package io.ringcode.management.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.nimbusds.jose.jwk.JWKSet;
import io.ringcode.client.Caller;
import io.ringcode.client.TrustedIssuers;
import io.ringcode.client.TrustedIssuers.TrustedIssuer;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.network.GuardedHttp;
import io.ringcode.server.settings.Settings;
import io.ringcode.tenant.Tenants;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The trusted issuers, whose word is taken for the first factor. Auth0 has no such resource; its style is kept. */
@RestController
@RequestMapping("/api/v2/guardian/trusted-issuers")
class TrustedIssuersController {
    record Trusted(@Items(max = 20) List<Issuer> issuers) implements JsonBody, JsonAnswer {
        Trusted {
            var seen = new HashSet<String>();
            for (var issuer : issuers)
                if (!seen.add(issuer.issuer() + " " + issuer.clientId()) || !seen.add(issuer.name()))
                    throw InvalidBody.on("issuers", "Two have the same name, or the same issuer and client_id");
        }

        private static Trusted of(TrustedIssuers trusted) {
            return new Trusted(trusted.issuers().stream().map(Issuer::of).toList());
        }
    }

    /** As in {@link TrustedIssuer}, where its members are told. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Issuer(
            @Length(min = 1, max = 40) String name,
            @Length(min = 1, max = 500) String issuer,
            @Length(min = 1, max = 500) String audience,
            @Length(min = 1, max = 100) String clientId,
            @Nullable @Length(min = 1, max = 2_000) String jwksUri,
            @Nullable JsonNode jwks)
            implements JsonAnswer {
        Issuer {
            if (!name.matches("[a-z0-9-]+") || name.equals("auth0"))
                throw InvalidBody.on("name", "Expected lower-case letters, digits and dashes");
            if ((jwksUri == null) == (jwks == null))
                throw InvalidBody.on("jwks_uri", "Expected either jwks_uri or jwks");
            if (jwks != null && !arePublicKeys(jwks))
                throw InvalidBody.on("jwks", "Expected a set of public keys (RFC 7517)");
        }

        private static boolean arePublicKeys(JsonNode keys) {
            try {
                var set = JWKSet.parse(keys.toString());
                return !set.isEmpty() && set.getKeys().stream().noneMatch(key -> key.isPrivate());
            } catch (ParseException unreadable) {
                return false;
            }
        }

        private static Issuer of(TrustedIssuer issuer) {
            var address = issuer.jwksUri();
            return new Issuer(
                    issuer.name(),
                    issuer.issuer(),
                    issuer.audience(),
                    issuer.clientId(),
                    address == null ? null : address.toString(),
                    issuer.jwks());
        }
    }

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
    Trusted get(Caller caller) {
        return Trusted.of(
                tenants.settings(caller.tenant()).get(TrustedIssuers.NAME, TrustedIssuers.class, TrustedIssuers.NONE));
    }

    /** Replaces them all. */
    @PutMapping
    @RequiresScope("update:guardian_factors")
    Trusted set(Caller caller, Trusted wanted) {
        var trusted =
                new TrustedIssuers(wanted.issuers().stream().map(this::issuer).toList());
        changes.set(caller, TrustedIssuers.NAME, trusted);
        return wanted;
    }

    private TrustedIssuer issuer(Issuer wanted) {
        return new TrustedIssuer(
                wanted.name(),
                wanted.issuer(),
                wanted.audience(),
                wanted.clientId(),
                wanted.jwksUri() == null ? null : address(wanted.jwksUri()),
                wanted.jwks());
    }

    private URI address(String text) {
        try {
            var address = new URI(text);
            var https = "https".equals(address.getScheme());
            if (address.getHost() != null && (https || (dev && "http".equals(address.getScheme())))) {
                if (!http.refuses(address)) return address;
                throw InvalidBody.on(
                        "issuers.jwks_uri", "Expected a public address, or one that RINGCODE_REACHABLE names");
            }
        } catch (URISyntaxException unreadable) {
            // falls through to the refusal
        }
        throw InvalidBody.on("issuers.jwks_uri", "Expected an https address");
    }
}
