package io.ringcode.management;

import io.ringcode.authorization.AccessTokens;
import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Issuers;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Who may call: the bearer of a token for this tenant's Management API that has the scope. */
@Component
class ManagementCalls {
    private final AccessTokens tokens;
    private final Callers callers;
    private final Issuers issuers;

    ManagementCalls(AccessTokens tokens, Callers callers, Issuers issuers) {
        this.tokens = tokens;
        this.callers = callers;
        this.issuers = issuers;
    }

    Caller require(HttpServletRequest request, String scope) {
        var bearer = Callers.bearer(request);
        if (bearer == null) throw ManagementRefused.unauthorized("Missing authentication");
        var issuer = issuers.of(request);
        var tenant = callers.tenant(request);
        var shown = tokens.read(tenant, issuer, bearer)
                .filter(token -> token.audiences().contains(issuer + Apis.MANAGEMENT))
                .orElseThrow(() -> ManagementRefused.unauthorized("Invalid token"));
        if (!shown.scopes().contains(scope)) throw ManagementRefused.scope(scope);
        try {
            return callers.known(tenant, new ClientId(shown.client()), request);
        } catch (OAuthRefused deleted) {
            throw ManagementRefused.unauthorized("Invalid token");
        }
    }
}
