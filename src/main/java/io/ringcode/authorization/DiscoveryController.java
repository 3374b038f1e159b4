package io.ringcode.authorization;

import com.nimbusds.jose.Algorithm;
import io.ringcode.factor.Amr;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** What standard clients read first (OpenID Connect Discovery), the keys, and {@code /userinfo}. */
@OAuthDoor
@RestController
class DiscoveryController {
    private final Issuers issuers;
    private final Callers callers;
    private final SigningKeys keys;
    private final ShownTokens tokens;
    private final Users users;

    DiscoveryController(Issuers issuers, Callers callers, SigningKeys keys, ShownTokens tokens, Users users) {
        this.issuers = issuers;
        this.callers = callers;
        this.keys = keys;
        this.tokens = tokens;
        this.users = users;
    }

    @GetMapping({"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
    ResponseEntity<Map<String, Object>> discovery(HttpServletRequest request) {
        var issuer = issuers.of(request);
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", issuer);
        document.put("authorization_endpoint", issuer + "authorize");
        document.put("token_endpoint", issuer + "oauth/token");
        document.put("userinfo_endpoint", issuer + "userinfo");
        document.put("revocation_endpoint", issuer + "oauth/revoke");
        document.put("jwks_uri", issuer + ".well-known/jwks.json");
        document.put("end_session_endpoint", issuer + "oidc/logout");
        document.put("mfa_challenge_endpoint", issuer + "mfa/challenge");
        document.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        document.put("response_types_supported", List.of("code", "id_token"));
        document.put("response_modes_supported", List.of("query", "fragment", "form_post", "web_message"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("prompt_values_supported", List.of("none", "login", "consent", "select_account", "create"));
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("claims_parameter_supported", false);
        document.put("request_parameter_supported", true);
        document.put("request_uri_parameter_supported", false);
        document.put("request_object_signing_alg_values_supported", List.of("RS256", "RS384", "PS256"));
        document.put(
                "grant_types_supported",
                Arrays.stream(GrantType.values()).map(GrantType::wire).toList());
        document.put("acr_values_supported", List.of(Amr.MULTI_FACTOR, Amr.PHISHING_RESISTANT));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none"));
        document.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS256", "RS384", "PS256"));
        document.put(
                "dpop_signing_alg_values_supported",
                DpopProofs.ALGORITHMS.stream().map(Algorithm::getName).sorted().toList());
        document.put(
                "claims_supported",
                List.of(
                        "acr",
                        "amr",
                        "aud",
                        "auth_time",
                        "email",
                        "email_verified",
                        "exp",
                        "iat",
                        "iss",
                        "name",
                        "nickname",
                        "nonce",
                        "preferred_username",
                        "sub"));
        return cached(document);
    }

    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<Map<String, Object>> jwks(HttpServletRequest request) {
        return cached(keys.published(callers.tenant(request)).toJSONObject(true));
    }

    @RequestMapping(
            path = "/userinfo",
            method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<Map<String, Object>> userinfo(HttpServletRequest request) {
        var issuer = issuers.of(request);
        var tenant = callers.tenant(request);
        var shown = tokens.of(request)
                .filter(token -> token.scopes().contains("openid")
                        && (token.audiences().isEmpty() || token.audiences().contains(issuer + "userinfo")))
                .orElse(null);
        var user = shown == null
                ? null
                : users.find(tenant, new UserId(shown.subject()))
                        .filter(found -> !found.blocked())
                        .orElse(null);
        if (shown == null || user == null)
            return ResponseEntity.status(401)
                    .header(
                            HttpHeaders.WWW_AUTHENTICATE,
                            ShownTokens.isThere(request) ? "Bearer error=\"invalid_token\"" : "Bearer")
                    .body(Map.of("error", "invalid_token", "error_description", "The access token is not valid here."));
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", user.id().value());
        claims.putAll(UserClaims.of(user, shown.scopes()));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(claims);
    }

    private static ResponseEntity<Map<String, Object>> cached(Map<String, Object> body) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofSeconds(15)).cachePublic())
                .body(body);
    }
}
