package io.ringcode.login.authorize;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.client.Client;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** Signed authorization requests (RFC 9101), and the foreign identity in them or in an {@code id_token_hint}. */
@Component
class SignedRequests {
    /** Begins the names of what is noted beside the parameters; nobody can send one. */
    static final String OWN = "ringcode:";

    static final String SUBJECT = OWN + "subject";
    static final String ACR = OWN + "acr";

    private static final Set<String> NOT_PARAMETERS = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    private final ForeignIdentities vouching;
    private final ObjectMapper json;

    SignedRequests(ForeignIdentities vouching, ObjectMapper json) {
        this.vouching = vouching;
        this.json = json;
    }

    /** @param vouched the user whose second factor alone is asked for; null where the user signs in here */
    record Opened(Map<String, String> parameters, @Nullable ForeignIdentity vouched) {}

    /** What a signed request says, before it is known whether it is good: only what is compared with a list is asked so. */
    @Nullable
    String peek(Map<String, String> parameters, String name) {
        var request = parameters.get("request");
        try {
            return request == null
                    ? null
                    : SignedJWT.parse(request).getJWTClaimsSet().getStringClaim(name);
        } catch (ParseException unreadable) {
            return null;
        }
    }

    Opened open(Client client, String issuer, Map<String, String> parameters) {
        var all = new HashMap<>(parameters);
        var request = all.remove("request");
        Optional<ForeignIdentity> vouched = Optional.empty();
        if (request != null && !request.isBlank()) {
            var claims = vouching.request(client, issuer, request);
            merge(claims, all);
            vouched = vouching.named(client, claims);
        }
        var hint = all.get("id_token_hint");
        if (vouched.isEmpty() && hint != null && !hint.isBlank()) vouched = vouching.hinted(client, hint);
        if (vouched.isEmpty()) return new Opened(all, null);
        all.remove("id_token_hint");
        var subject = vouched.get().subject();
        if (subject != null) all.put(SUBJECT, subject);
        var acr = acr(all.get("claims"));
        if (acr != null) all.put(ACR, acr);
        return new Opened(all, vouched.get());
    }

    /** What is signed counts, whatever stands beside it. */
    private static void merge(JWTClaimsSet claims, Map<String, String> parameters) {
        claims.getClaims().forEach((name, value) -> {
            if (NOT_PARAMETERS.contains(name) || name.startsWith(OWN)) return;
            var text = value instanceof Map<?, ?> object
                    ? com.nimbusds.jose.util.JSONObjectUtils.toJSONString(strings(object))
                    : String.valueOf(value);
            if (name.equals("client_id") && !text.equals(parameters.get(name)))
                throw new RequestRefused("invalid_request_object", "The request is another client's.");
            parameters.put(name, text);
        });
    }

    private static Map<String, Object> strings(Map<?, ?> object) {
        var typed = new HashMap<String, Object>();
        object.forEach((name, value) -> typed.put(String.valueOf(name), value));
        return typed;
    }

    /**
     * The first class that a phone or an app satisfies, of those that the application lists (OpenID Connect Core section
     * 5.5.1.1): a possession, as Microsoft Entra names it.
     */
    private @Nullable String acr(@Nullable String claims) {
        if (claims == null) return null;
        try {
            for (var value : json.readTree(claims).path("id_token").path("acr").path("values"))
                if (value.asString("").contains("possession")) return value.asString("");
            return null;
        } catch (JacksonException unreadable) {
            throw new RequestRefused("invalid_request", "claims is not JSON.");
        }
    }
}
