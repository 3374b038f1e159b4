package io.ringcode.authorization;

import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import io.ringcode.client.Apis.ForUser;
import io.ringcode.client.Caller;
import io.ringcode.client.RefreshTokenSettings;
import io.ringcode.client.Registrations;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** For which API, and with which scopes, a user's token is asked for at the token endpoint. */
@Component
class Audiences {
    private final Apis apis;
    private final Registrations registrations;

    Audiences(Apis apis, Registrations registrations) {
        this.apis = apis;
        this.registrations = registrations;
    }

    /**
     * @return null where no API is asked for
     * @throws OAuthRefused where there is none, or the client may not have tokens for it
     */
    @Nullable
    Api api(Caller caller, @Nullable String audience, String issuer) {
        if (audience == null) return null;
        var relative = Apis.relative(audience, issuer);
        return switch (apis.forUser(caller.tenant(), caller.client().id(), relative)) {
            case ForUser.Open(var api) -> api;
            case ForUser.NotGranted() -> throw new OAuthRefused(OAuthError.NO_CLIENT_GRANT);
            case ForUser.Unknown() -> throw new OAuthRefused(OAuthError.UNKNOWN_AUDIENCE);
        };
    }

    /**
     * What a refresh token is shown for: its own API, or another one that the client's policies name (Auth0's multi-resource
     * refresh tokens). It stays what it is, whatever it is shown for.
     *
     * @param session that it was issued for
     * @throws OAuthRefused where it is not good for what is asked
     */
    Session shownFor(Caller caller, Session session, Fields fields, String issuer) {
        var asked = Scopes.asked(fields.text("scope"));
        var audience = fields.text("audience");
        var relative = audience == null ? null : Apis.relative(audience, issuer);
        if (relative == null || relative.equals(session.audience())) return ownApi(caller, session, asked, issuer);
        var allowed = allowed(caller, relative, issuer);
        // Clients without policies have always sent it in vain.
        if (allowed == null) return ownApi(caller, session, asked, issuer);
        var api = Objects.requireNonNull(api(caller, relative, issuer));
        var scopes = new HashSet<String>();
        for (var scope : asked)
            if (api.scopes().contains(scope) ? allowed.contains(scope) : isStandard(session, scope)) scopes.add(scope);
        return session.of(relative, Set.copyOf(scopes));
    }

    /** @return the scopes that the client's policies have for an API; null where they do not name it */
    private @Nullable Set<String> allowed(Caller caller, String audience, String issuer) {
        return policies(caller).entrySet().stream()
                .filter(policy -> Apis.relative(policy.getKey(), issuer).equals(audience))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    private static boolean isStandard(Session session, String scope) {
        return Scopes.isStandard(scope) && session.scopes().contains(scope);
    }

    /** Scopes that a grant has lost since are not given again. */
    private Session ownApi(Caller caller, Session session, Set<String> asked, String issuer) {
        if (!session.scopes().containsAll(asked)) throw new OAuthRefused(OAuthError.INVALID_SCOPE);
        var scopes = asked.isEmpty() ? session.scopes() : asked;
        var audience = session.audience();
        if (!Apis.MY_ACCOUNT.equals(audience)) return session.of(audience, scopes);
        return session.of(audience, Scopes.granted(scopes, api(caller, audience, issuer)));
    }

    private Map<String, Set<String>> policies(Caller caller) {
        return registrations
                .find(caller.tenant(), caller.client().id())
                .map(one -> RefreshTokenSettings.of(one.properties()).policies())
                .orElse(Map.of());
    }
}
