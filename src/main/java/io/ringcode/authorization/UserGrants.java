package io.ringcode.authorization;

import io.ringcode.authorization.RefreshTokens.Rotated;
import io.ringcode.authorization.SecondFactor.Demand;
import io.ringcode.authorization.SecondFactor.Freshly;
import io.ringcode.authorization.TokenEvent.GrantRefused;
import io.ringcode.authorization.TokenEvent.MfaDemanded;
import io.ringcode.authorization.TokenEvent.TokensIssued;
import io.ringcode.authorization.Tokens.Granted;
import io.ringcode.client.Api;
import io.ringcode.client.Caller;
import io.ringcode.client.Connections;
import io.ringcode.factor.Amr;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.LoginGuard;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Grounds;
import io.ringcode.user.User;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The grants of a first factor: a password, or a refresh token of an earlier sign-in. */
@Component
class UserGrants {
    private final Tenants tenants;
    private final Users users;
    private final Connections connections;
    private final Audiences audiences;
    private final LoginGuard guard;
    private final GrantDecisions decisions;
    private final SecondFactor secondFactor;
    private final MfaTokens mfaTokens;
    private final RefreshTokens refreshTokens;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    UserGrants(
            Tenants tenants,
            Users users,
            Connections connections,
            Audiences audiences,
            LoginGuard guard,
            GrantDecisions decisions,
            SecondFactor secondFactor,
            MfaTokens mfaTokens,
            RefreshTokens refreshTokens,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.tenants = tenants;
        this.users = users;
        this.connections = connections;
        this.audiences = audiences;
        this.guard = guard;
        this.decisions = decisions;
        this.secondFactor = secondFactor;
        this.mfaTokens = mfaTokens;
        this.refreshTokens = refreshTokens;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    /** @param key what the tokens are to be bound to; null for bearer tokens */
    Granted password(Caller caller, Fields fields, String issuer, GrantType grant, @Nullable String key) {
        var login = fields.required("username");
        var password = fields.required("password");
        var defaults = SignInDefaults.of(tenants.settings(caller.tenant()));
        var connection = grant == GrantType.PASSWORD_REALM ? fields.required("realm") : defaults.directory();
        if (!connections.offers(caller.tenant(), connection, caller.client().id()))
            throw new OAuthRefused(OAuthError.NO_CONNECTION);
        var asked = fields.text("audience");
        var api = audiences.api(caller, asked == null ? defaults.audience() : asked, issuer);
        var audience = api == null ? null : api.identifier();
        var scopes = Scopes.granted(Scopes.asked(fields.text("scope")), api);
        if (guard.admit(caller.tenant(), login, caller.origin(), clock.instant()) instanceof Denied denied) {
            var error = denied.rule() == Rule.ADDRESS
                    ? OAuthError.TOO_MANY_LOGINS_FROM_ADDRESS
                    : OAuthError.TOO_MANY_LOGINS;
            events.publishEvent(new GrantRefused(caller, null, grant, error.sentence()));
            throw new OAuthRefused(error, denied.retryAfter());
        }
        var user = users.signIn(caller.tenant(), connection, login, password).orElse(null);
        if (user == null) {
            events.publishEvent(new GrantRefused(caller, null, grant, OAuthError.WRONG_PASSWORD.sentence()));
            throw new OAuthRefused(OAuthError.WRONG_PASSWORD);
        }
        guard.right(caller.tenant(), login, caller.origin());
        var decided = decisions.password(caller, user.id(), grant, audience, scopes, fields.all());
        var session = new Session(
                caller.tenant(),
                user.id(),
                user.stamp(),
                caller.client().id(),
                audience,
                earned(caller, user, api, decided.actions().scopes(scopes), decided),
                Amr.PASSWORD,
                clock.instant(),
                key,
                decided.actions().claims());
        var granted = transactions.execute(status -> {
            var ip = caller.origin().ip();
            var grounds = new Grounds.Stamp(user.stamp());
            if (users.signedIn(caller.tenant(), user.id(), grounds, ip, clock.instant())
                    .isEmpty()) {
                status.setRollbackOnly();
                return null;
            }
            decisions.signedIn(caller, user.id());
            report(caller, session, grant);
            return new Granted(session, user, offline(caller, session), null);
        });
        if (granted == null) throw new OAuthRefused(OAuthError.USER_GONE);
        return granted;
    }

    /** @param key a public client's refresh token is bound to the key that it was asked for with */
    Granted refresh(Caller caller, Fields fields, String issuer, @Nullable String key) {
        var token = fields.required("refresh_token");
        // Scripts run for a good token and its holder alone. One that was used up ends its family, whatever they say.
        var shown = refreshTokens
                .look(caller.tenant(), caller.client().id(), token)
                .orElseThrow(() -> refused(caller, token));
        if (!isHolder(caller, shown, key)) throw new OAuthRefused(OAuthError.INVALID_DPOP_PROOF);
        var wanted = audiences.shownFor(caller, shown, fields, issuer);
        var forOwnApi = Objects.equals(shown.audience(), wanted.audience());
        var decided = decisions.refresh(caller, forOwnApi ? shown : wanted, fields.all());
        var rotated = Objects.requireNonNull(transactions.execute(status -> {
            var outcome = refreshTokens.rotate(caller.tenant(), caller.client().id(), token);
            outcome.map(Rotated::session).ifPresent(session -> {
                // What is refused below does not use the token up: the client has no other.
                var asked = session.of(wanted.audience(), wanted.scopes());
                if (isEnough(asked, session, decided) && isHolder(caller, session, key))
                    report(caller, asked, GrantType.REFRESH_TOKEN);
                else status.setRollbackOnly();
            });
            return outcome;
        }));
        if (rotated.isEmpty()) throw refused(caller, token);
        var session = rotated.get().session().of(wanted.audience(), wanted.scopes());
        var next = rotated.get().next();
        if (!isHolder(caller, session, key)) throw new OAuthRefused(OAuthError.INVALID_DPOP_PROOF);
        var user = users.find(caller.tenant(), session.user())
                .filter(found -> !found.blocked())
                .orElseThrow(() -> new OAuthRefused(OAuthError.USER_GONE));
        if (!isEnough(session, shown, decided)) throw tooLittle(caller, user, shown, session, decided);
        var narrowed = with(session, decided.actions().scopes(session.scopes()), key);
        return new Granted(narrowed.with(decided.actions().claims()), user, next, null);
    }

    /** @param shown what the refresh token is for */
    private OAuthRefused tooLittle(
            Caller caller, User user, Session shown, Session session, GrantDecisions.Decided decided) {
        if (secondFactor.freshness(session, shown, clock.instant()) == Freshly.SIGN_IN_DUE)
            return new OAuthRefused(OAuthError.SIGN_IN_TOO_OLD);
        var forOwnApi = Objects.equals(shown.audience(), session.audience());
        // The refresh token at hand stays good for its own API; one for the other alone would take its place.
        var scopes = forOwnApi
                ? shown.scopes()
                : session.scopes().stream()
                        .filter(scope -> !scope.equals("offline_access"))
                        .collect(Collectors.toUnmodifiableSet());
        demandSecondFactor(caller, user, session.audience(), scopes, decided);
        return new OAuthRefused(OAuthError.UNKNOWN_REFRESH_TOKEN);
    }

    private OAuthRefused refused(Caller caller, String token) {
        transactions.executeWithoutResult(_ -> {
            var reused =
                    refreshTokens.endIfReused(caller.tenant(), caller.client().id(), token);
            var reason = reused.isPresent()
                    ? "A refresh token was used twice: its family is ended."
                    : OAuthError.UNKNOWN_REFRESH_TOKEN.sentence();
            events.publishEvent(new GrantRefused(caller, reused.orElse(null), GrantType.REFRESH_TOKEN, reason));
        });
        return new OAuthRefused(OAuthError.UNKNOWN_REFRESH_TOKEN);
    }

    /** @param issued what the refresh token is for */
    private boolean isEnough(Session session, Session issued, GrantDecisions.Decided decided) {
        if (secondFactor.freshness(session, issued, clock.instant()) != Freshly.ENOUGH) return false;
        return session.amr().pastSecondFactor()
                || secondFactor.demanded(
                                session.tenant(),
                                session.user(),
                                session.client(),
                                session.audience(),
                                decisions.demand(session.tenant(), session.user(), session.client(), decided))
                        instanceof Demand.Nothing;
    }

    /** The refresh token of a session that asked for one, where the client may use it. */
    @Nullable
    String offline(Caller caller, Session session) {
        return offline(caller, session, UUID.randomUUID());
    }

    /** @param family all that comes of the same sign-in */
    @Nullable
    String offline(Caller caller, Session session, UUID family) {
        return session.scopes().contains("offline_access")
                        && caller.client().grantTypes().contains(GrantType.REFRESH_TOKEN.wire())
                ? refreshTokens.issue(session, family)
                : null;
    }

    /** A second factor has finished a sign-in. */
    void finished(Caller caller, Session session, GrantType grant) {
        decisions.signedIn(caller, session.user());
        report(caller, session, grant);
    }

    void report(Caller caller, Session session, GrantType grant) {
        events.publishEvent(new TokensIssued(
                caller, session.user(), grant, session.audience(), String.join(" ", session.scopes())));
    }

    /** The scopes that the password alone is good for; refused where it is good for none. */
    private Set<String> earned(
            Caller caller, User user, @Nullable Api api, Set<String> scopes, GrantDecisions.Decided decided) {
        var audience = api == null ? null : api.identifier();
        var all = demandSecondFactor(caller, user, audience, scopes, decided);
        return all || api == null
                ? scopes
                : scopes.stream().filter(api.scopes()::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** @return whether nothing is demanded; false where nothing but binding a first authenticator is allowed */
    private boolean demandSecondFactor(
            Caller caller, User user, @Nullable String audience, Set<String> scopes, GrantDecisions.Decided decided) {
        var client = caller.client().id();
        var asked = decisions.demand(caller.tenant(), user.id(), client, decided);
        return switch (secondFactor.demanded(caller.tenant(), user.id(), client, audience, asked)) {
            case Demand.Nothing() -> true;
            case Demand.OnlyBinding() -> false;
            case Demand.SwitchedOff() -> {
                events.publishEvent(new MfaDemanded(caller, user.id()));
                throw new OAuthRefused(OAuthError.FACTOR_OFF);
            }
            case Demand.Factor factor -> {
                events.publishEvent(new MfaDemanded(caller, user.id()));
                var token = mfaTokens.issue(
                        caller,
                        user,
                        audience,
                        scopes,
                        asked.sufficient(),
                        decided.actions().claims());
                throw new OAuthRefused(OAuthError.MFA_REQUIRED, factor.members(token));
            }
        };
    }

    /** RFC 9449 section 5: who proves itself as a client may change its key. */
    private static boolean isHolder(Caller caller, Session session, @Nullable String key) {
        return session.key() == null
                || caller.client().confidential()
                || session.key().equals(key);
    }

    private static Session with(Session session, Set<String> scopes, @Nullable String key) {
        return new Session(
                session.tenant(),
                session.user(),
                session.stamp(),
                session.client(),
                session.audience(),
                scopes,
                session.amr(),
                session.authTime(),
                key);
    }
}
