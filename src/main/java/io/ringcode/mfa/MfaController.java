package io.ringcode.mfa;

import io.ringcode.authorization.Callers;
import io.ringcode.authorization.FieldsOf;
import io.ringcode.authorization.Issuers;
import io.ringcode.authorization.MfaBearers;
import io.ringcode.authorization.MfaTransaction;
import io.ringcode.authorization.MfaTransaction.Bearer;
import io.ringcode.authorization.OAuthDoor;
import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.challenge.Wording;
import io.ringcode.mfa.SecondFactorChallenge.ChallengeAnswer;
import io.ringcode.template.Languages;
import io.ringcode.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /mfa/…}: bind an authenticator, ask for a code, list, remove. */
@OAuthDoor
@RestController
class MfaController {
    private final Callers callers;
    private final Issuers issuers;
    private final MfaBearers bearers;
    private final Association association;
    private final SecondFactorChallenge challenge;
    private final AuthenticatorList authenticators;
    private final Languages languages;

    MfaController(
            Callers callers,
            Issuers issuers,
            MfaBearers bearers,
            Association association,
            SecondFactorChallenge challenge,
            AuthenticatorList authenticators,
            Languages languages) {
        this.callers = callers;
        this.issuers = issuers;
        this.bearers = bearers;
        this.association = association;
        this.challenge = challenge;
        this.authenticators = authenticators;
        this.languages = languages;
    }

    @PostMapping("/mfa/associate")
    ResponseEntity<AssociationAnswer> associate(HttpServletRequest request, FieldsOf<AssociationRequest> body)
            throws IOException {
        var transaction = bearer(request, "enroll");
        var wanted = body.read();
        var client = wanted.clientId();
        if (client != null && !client.equals(transaction.client().value()))
            throw new OAuthRefused(OAuthError.OTHER_CLIENT);
        var caller = callers.known(transaction.tenant(), transaction.client(), request);
        return fresh(association.associate(transaction.by(caller), wanted, wording(caller.tenant(), request)));
    }

    @PostMapping("/mfa/challenge")
    ResponseEntity<ChallengeAnswer> challenge(HttpServletRequest request, FieldsOf<ChallengeRequest> body)
            throws IOException {
        var fields = body.fields();
        var caller = callers.authenticate(request, fields);
        var wanted = body.in(fields);
        var transaction =
                bearers.open(caller.tenant(), issuers.of(request), wanted.mfaToken(), OAuthError.MALFORMED_MFA_TOKEN);
        if (!transaction.client().equals(caller.client().id())) throw new OAuthRefused(OAuthError.OTHER_CLIENT);
        return fresh(challenge.start(transaction.by(caller), wanted, wording(caller.tenant(), request)));
    }

    @GetMapping("/mfa/authenticators")
    ResponseEntity<List<ListedAuthenticator>> list(HttpServletRequest request) {
        var transaction = bearer(request, "read:authenticators");
        callers.known(transaction.tenant(), transaction.client(), request);
        return fresh(authenticators.list(transaction.tenant(), transaction.user()));
    }

    @DeleteMapping("/mfa/authenticators/{id}")
    ResponseEntity<Void> remove(@PathVariable String id, HttpServletRequest request) {
        var transaction = bearer(request, "remove:authenticators");
        // Half a sign-in may look, and may bind what is missing, but takes nothing away.
        if (transaction.bearer() != Bearer.FULL_ACCESS) throw insufficient("remove:authenticators");
        var caller = callers.known(transaction.tenant(), transaction.client(), request);
        authenticators.remove(caller, transaction.user(), id);
        return ResponseEntity.noContent().build();
    }

    /** Whom the bearer token speaks for. Of a signed-in user's token, {@code scope} is asked too. */
    private MfaTransaction bearer(HttpServletRequest request, String scope) {
        var token = Callers.bearer(request);
        if (token == null) throw new OAuthRefused(OAuthError.INVALID_MFA_BEARER);
        var transaction =
                bearers.open(callers.tenant(request), issuers.of(request), token, OAuthError.INVALID_MFA_BEARER);
        if (transaction.access() && !transaction.scopes().contains(scope)) throw insufficient(scope);
        return transaction;
    }

    private static OAuthRefused insufficient(String scope) {
        return new OAuthRefused(
                OAuthError.INSUFFICIENT_SCOPE,
                OAuthError.INSUFFICIENT_SCOPE.sentence().formatted(scope));
    }

    private Wording wording(TenantId tenant, HttpServletRequest request) {
        var accepted = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        return new Wording(languages.choose(tenant, request.getHeader("x-request-language"), accepted), accepted);
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
