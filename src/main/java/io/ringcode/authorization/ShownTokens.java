package io.ringcode.authorization;

import io.ringcode.authorization.AccessTokens.Shown;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The access token of a request: a bearer token, or one that is bound to a key, with a proof of that key (RFC 9449 section 7.1). */
@Component
public class ShownTokens {
    private final AccessTokens tokens;
    private final Callers callers;
    private final Issuers issuers;
    private final DpopProofs proofs;

    ShownTokens(AccessTokens tokens, Callers callers, Issuers issuers, DpopProofs proofs) {
        this.tokens = tokens;
        this.callers = callers;
        this.issuers = issuers;
        this.proofs = proofs;
    }

    /**
     * @return empty where there is none, or none that is good here
     * @throws OAuthRefused where the proof does not hold
     */
    public Optional<Shown> of(HttpServletRequest request) {
        var bound = Callers.bound(request);
        var token = bound == null ? Callers.bearer(request) : bound;
        if (token == null) return Optional.empty();
        var key = bound == null ? null : proofs.thumbprint(request, bound);
        return tokens.read(callers.tenant(request), issuers.of(request), token, key);
    }

    public static boolean isThere(HttpServletRequest request) {
        return Callers.bound(request) != null || Callers.bearer(request) != null;
    }
}
