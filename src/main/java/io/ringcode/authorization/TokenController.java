package io.ringcode.authorization;

import io.ringcode.authorization.TokenEvent.TokensIssued;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /oauth/token}: every way to a token. */
@OAuthDoor
@RestController
class TokenController {
    private final Fields.Reader bodies;
    private final Callers callers;
    private final Issuers issuers;
    private final DpopProofs proofs;
    private final CodeGrants codeGrants;
    private final UserGrants userGrants;
    private final MfaGrants mfaGrants;
    private final Tokens tokens;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final Apis apis;
    private final ApplicationEventPublisher events;

    TokenController(
            Fields.Reader bodies,
            Callers callers,
            Issuers issuers,
            DpopProofs proofs,
            CodeGrants codeGrants,
            UserGrants userGrants,
            MfaGrants mfaGrants,
            Tokens tokens,
            AccessTokens accessTokens,
            RefreshTokens refreshTokens,
            Apis apis,
            ApplicationEventPublisher events) {
        this.bodies = bodies;
        this.callers = callers;
        this.issuers = issuers;
        this.proofs = proofs;
        this.codeGrants = codeGrants;
        this.userGrants = userGrants;
        this.mfaGrants = mfaGrants;
        this.tokens = tokens;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.apis = apis;
        this.events = events;
    }

    @PostMapping("/oauth/token")
    ResponseEntity<Tokens.Answer> token(HttpServletRequest request) throws IOException {
        var fields = bodies.read(request);
        var grant = GrantType.of(fields.required("grant_type"))
                .orElseThrow(() -> new OAuthRefused(OAuthError.UNSUPPORTED_GRANT));
        var caller = callers.authenticate(request, fields);
        if (!caller.client().grantTypes().contains(grant.wire()))
            throw new OAuthRefused(
                    OAuthError.GRANT_NOT_ALLOWED,
                    OAuthError.GRANT_NOT_ALLOWED.sentence().formatted(grant.wire()));
        var issuer = issuers.of(request);
        var key = proofs.thumbprint(request, null);
        var answer = switch (grant) {
            case AUTHORIZATION_CODE -> tokens.answer(codeGrants.redeem(caller, fields, key), issuer, grant);
            case IMPLICIT -> throw new OAuthRefused(OAuthError.UNSUPPORTED_GRANT);
            case CLIENT_CREDENTIALS -> clientCredentials(caller, fields, issuer, key);
            case PASSWORD, PASSWORD_REALM ->
                tokens.answer(userGrants.password(caller, fields, issuer, grant, key), issuer, grant);
            case REFRESH_TOKEN -> tokens.answer(userGrants.refresh(caller, fields, issuer, key), issuer, grant);
            case MFA_OOB -> tokens.answer(mfaGrants.oob(caller, fields, issuer, key), issuer, grant);
            case MFA_OTP -> tokens.answer(mfaGrants.otp(caller, fields, issuer, key), issuer, grant);
            case MFA_RECOVERY_CODE -> tokens.answer(mfaGrants.recoveryCode(caller, fields, issuer, key), issuer, grant);
        };
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("Pragma", "no-cache")
                .body(answer);
    }

    /** {@code POST /oauth/revoke} (RFC 7009). */
    @PostMapping("/oauth/revoke")
    ResponseEntity<Void> revoke(HttpServletRequest request) throws IOException {
        var fields = bodies.read(request);
        var caller = callers.authenticate(request, fields);
        refreshTokens.revoke(caller.tenant(), caller.client().id(), fields.required("token"));
        return ResponseEntity.ok().build();
    }

    private Tokens.Answer clientCredentials(Caller caller, Fields fields, String issuer, @Nullable String key) {
        if (!caller.client().confidential()) throw new OAuthRefused(OAuthError.INVALID_CLIENT);
        var audience = Apis.relative(fields.required("audience"), issuer);
        var tenant = caller.tenant();
        var api = apis.find(tenant, audience).orElseThrow(() -> new OAuthRefused(OAuthError.UNKNOWN_AUDIENCE));
        var granted = apis.granted(tenant, caller.client().id(), audience)
                .orElseThrow(() -> new OAuthRefused(OAuthError.NO_CLIENT_GRANT));
        var asked = Scopes.asked(fields.text("scope"));
        if (!granted.containsAll(asked)) throw new OAuthRefused(OAuthError.INVALID_SCOPE);
        Set<String> scopes = asked.isEmpty() ? granted : asked;
        var scope = String.join(" ", new java.util.TreeSet<>(scopes));
        events.publishEvent(new TokensIssued(caller, null, GrantType.CLIENT_CREDENTIALS, audience, scope));
        var token = accessTokens.machineToken(caller, api, scopes, issuer, key);
        return new Tokens.Answer(
                token,
                null,
                null,
                scope.isEmpty() ? null : scope,
                api.tokenLifetime().toSeconds(),
                Tokens.type(key),
                null);
    }
}
