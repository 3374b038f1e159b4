package io.ringcode.login.authorize;

import io.ringcode.action.PostLogin;
import io.ringcode.authorization.AccessTokens;
import io.ringcode.authorization.AccessTokens.Wanted;
import io.ringcode.authorization.AuthorizationCodes;
import io.ringcode.authorization.AuthorizationCodes.Terms;
import io.ringcode.authorization.Issuers;
import io.ringcode.authorization.Scopes;
import io.ringcode.authorization.Session;
import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import io.ringcode.client.Apis.ForUser;
import io.ringcode.client.Caller;
import io.ringcode.client.Connections;
import io.ringcode.factor.Amr;
import io.ringcode.login.ClientSessions;
import io.ringcode.login.Cookies;
import io.ringcode.login.LoginEvent.SignedInSilently;
import io.ringcode.login.LoginEvent.SilentSignInRefused;
import io.ringcode.login.authorize.AuthorizationRequest.ResponseType;
import io.ringcode.login.step.FactorPolicy;
import io.ringcode.login.step.LoginGone;
import io.ringcode.login.step.SignInDecisions;
import io.ringcode.secret.TimedId;
import io.ringcode.session.BrowserSession;
import io.ringcode.session.KnownUser;
import io.ringcode.session.Login;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.session.SignInDecision;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The authorization endpoint's decision: answer the request at once, or send the person to the sign-in pages first. */
@Component
class AuthorizationFlow {
    private final Connections connections;
    private final Apis apis;
    private final Users users;
    private final Issuers issuers;
    private final Cookies cookies;
    private final ClientSessions sessions;
    private final Logins logins;
    private final FactorPolicy policy;
    private final SignInDecisions decisions;
    private final AuthorizationCodes codes;
    private final AccessTokens tokens;
    private final AuthorizationResponses answers;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    AuthorizationFlow(
            Connections connections,
            Apis apis,
            Users users,
            Issuers issuers,
            Cookies cookies,
            ClientSessions sessions,
            Logins logins,
            FactorPolicy policy,
            SignInDecisions decisions,
            AuthorizationCodes codes,
            AccessTokens tokens,
            AuthorizationResponses answers,
            Clock clock,
            ApplicationEventPublisher events) {
        this.connections = connections;
        this.apis = apis;
        this.users = users;
        this.issuers = issuers;
        this.cookies = cookies;
        this.sessions = sessions;
        this.logins = logins;
        this.policy = policy;
        this.decisions = decisions;
        this.codes = codes;
        this.tokens = tokens;
        this.answers = answers;
        this.clock = clock;
        this.events = events;
    }

    /** @param vouched who has passed the first factor elsewhere; null where the user signs in here */
    void decide(
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller,
            AuthorizationRequest asked,
            @Nullable ForeignIdentity vouched)
            throws IOException {
        var tenant = caller.tenant();
        var api = api(caller, asked, issuers.of(request));
        var loginRequest = loginRequest(caller, asked, api, vouched);
        if (vouched != null) {
            if (asked.silent()) throw refusedSilently(caller, vouched.user().id(), true);
            begin(request, response, caller, asked, loginRequest, KnownUser.of(vouched.user(), Amr.NONE), null);
            return;
        }
        var session = sessions.find(tenant, caller.client().id(), request)
                .filter(found -> isFresh(found, asked) && isExpected(tenant, found, asked, issuers.of(request)))
                .orElse(null);
        if (session == null) {
            byNobody(request, response, caller, asked, loginRequest);
            return;
        }
        switch (policy.worth(session, loginRequest)) {
            case ALL -> bySession(request, response, caller, asked, loginRequest, session, session.amr());
            case FIRST_FACTOR ->
                bySession(
                        request,
                        response,
                        caller,
                        asked,
                        loginRequest,
                        session,
                        session.amr().firstFactor());
            case NOTHING -> {
                if (asked.silent())
                    throw new RequestRefused("unmet_authentication_requirements", "The user's sign-in is too old.");
                byNobody(request, response, caller, asked, loginRequest);
            }
        }
    }

    private void byNobody(
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller,
            AuthorizationRequest asked,
            LoginRequest loginRequest) {
        if (asked.silent()) throw refusedSilently(caller, null, false);
        begin(request, response, caller, asked, loginRequest, null, null);
    }

    /** @param proved what of the session counts here */
    private void bySession(
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller,
            AuthorizationRequest asked,
            LoginRequest loginRequest,
            BrowserSession session,
            Amr proved)
            throws IOException {
        var transaction = TimedId.at(clock.instant());
        var browser = cookies.remembered(request);
        var token = cookies.session(request);
        var decision = decisions.decide(caller, session, token, transaction, asked.parameters(), loginRequest, browser);
        var denied = decision.denied();
        if (denied != null) throw new RequestRefused(denied.error(), denied.reason());
        // Actions may have taken a while, in which the person signed out.
        var still =
                sessions.find(caller.tenant(), caller.client().id(), request).filter(session::equals);
        if (still.isEmpty()) {
            byNobody(request, response, caller, asked, loginRequest);
            return;
        }
        var demand = decision.demand();
        // What must be proved now counts no proof of before.
        var amr = demand == null || demand.fresh() ? proved.firstFactor() : proved;
        if (demand == null || policy.demands(caller.tenant(), session.user(), amr, loginRequest, demand)) {
            if (asked.silent()) throw refusedSilently(caller, session.user(), true);
            var known = new KnownUser(session.user(), session.stamp(), amr);
            begin(request, response, caller, asked, loginRequest, known, decision);
        } else {
            decisions.keepRecorded(caller.tenant(), token, decision);
            events.publishEvent(new SignedInSilently(caller, session.user()));
            answer(request, response, caller, asked, KnownUser.of(session), session.authTime(), decision.actions());
        }
    }

    /** The pages have done their work. */
    void finish(
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller,
            AuthorizationRequest asked,
            Login login)
            throws IOException {
        var user = login.user();
        var doneAt = login.doneAt();
        if (user == null || doneAt == null) throw new LoginGone();
        var decision = login.decision();
        if (decision != null && decision.denied() != null)
            throw new RequestRefused(
                    decision.denied().error(), decision.denied().reason());
        if (asked.phishingResistant() && !login.amr().phishingResistant())
            throw new RequestRefused(
                    "unmet_authentication_requirements",
                    "The request requires a passkey, and the user did not use one.");
        var known = new KnownUser(user, login.stamp(), login.amr());
        var actions = decision == null ? PostLogin.NONE : decision.actions();
        answer(request, response, caller, asked, known, doneAt, actions);
    }

    /** SDKs compare the second sentence: it makes them ask again with the pages. */
    private RequestRefused refusedSilently(Caller caller, @Nullable UserId user, boolean multiFactor) {
        var why = multiFactor ? "Multifactor authentication required" : "Login required";
        events.publishEvent(new SilentSignInRefused(caller, user, why));
        return new RequestRefused("login_required", why);
    }

    private void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller,
            AuthorizationRequest asked,
            LoginRequest loginRequest,
            @Nullable KnownUser known,
            @Nullable SignInDecision decision) {
        var browser = cookies.ensureBrowser(request, response);
        var login = logins.begin(
                caller.tenant(), browser, caller.client().id(), loginRequest, asked.parameters(), known, decision);
        var first = loginRequest.kind() == LoginRequest.Kind.SIGN_UP ? "signup" : "login";
        AuthorizationResponses.redirect(response, "/u/" + first + "?state=" + login.state());
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller,
            AuthorizationRequest asked,
            KnownUser known,
            Instant authTime,
            PostLogin actions)
            throws IOException {
        var issuer = issuers.of(request);
        var tenant = caller.tenant();
        var user = users.find(tenant, known.id())
                .filter(found -> !found.blocked() && found.stamp() == known.stamp())
                .orElseThrow(() -> new RequestRefused("access_denied", "The user is blocked or no longer exists."));
        var api = api(caller, asked, issuer);
        var session = new Session(
                tenant,
                known.id(),
                known.stamp(),
                caller.client().id(),
                api == null ? null : api.identifier(),
                actions.scopes(Scopes.granted(asked.scopes(), api)),
                // What was not asked for is not claimed.
                asked.phishingResistant() ? known.amr() : known.amr().withoutResistance(),
                authTime,
                asked.key(),
                actions.claims());
        var answer = new HashMap<String, String>();
        if (asked.responseType() == ResponseType.CODE) {
            var terms = new Terms(asked.redirectUri().toString(), asked.codeChallenge(), asked.nonce());
            answer.put("code", codes.issue(session, terms));
        } else {
            var wanted = new Wanted(
                    asked.nonce(), asked.parameter(SignedRequests.SUBJECT), asked.parameter(SignedRequests.ACR));
            answer.put("id_token", tokens.idToken(session, user, issuer, wanted));
        }
        answers.send(request, response, asked.redirectUri(), asked.responseMode(), asked.state(), issuer, answer);
    }

    private boolean isFresh(BrowserSession session, AuthorizationRequest asked) {
        for (var prompt : List.of("login", "create", "select_account"))
            if (asked.prompt().contains(prompt)) return false;
        var maxAge = asked.maxAge();
        return maxAge == null || !session.authTime().plusSeconds(maxAge).isBefore(clock.instant());
    }

    /** An application that says whom it expects is not given anybody else (OpenID Connect Core section 3.1.2.1). */
    private boolean isExpected(TenantId tenant, BrowserSession session, AuthorizationRequest asked, String issuer) {
        var hint = asked.parameter("id_token_hint");
        if (hint == null) return true;
        Optional<AccessTokens.Hinted> expected = tokens.hinted(tenant, issuer, hint);
        return expected.map(one -> one.subject().equals(session.user().value())).orElse(false);
    }

    private LoginRequest loginRequest(
            Caller caller, AuthorizationRequest asked, @Nullable Api api, @Nullable ForeignIdentity vouched) {
        var connection = asked.parameter("connection");
        if (connection != null
                && !connections.offers(
                        caller.tenant(), connection, caller.client().id()))
            throw new RequestRefused(
                    "invalid_request", "The connection does not exist, or is not enabled for this client.");
        var signUp = "signup".equals(asked.parameter("screen_hint"))
                || asked.prompt().contains("create");
        return new LoginRequest(
                vouched != null
                        ? LoginRequest.Kind.SECOND_FACTOR
                        : signUp ? LoginRequest.Kind.SIGN_UP : LoginRequest.Kind.SIGN_IN,
                asked.parameter("login_hint"),
                asked.parameter("ui_locales"),
                asked.multiFactor(),
                asked.phishingResistant() ? LoginRequest.Assurance.PHISHING_RESISTANT : null,
                api == null ? null : api.identifier(),
                connection);
    }

    private @Nullable Api api(Caller caller, AuthorizationRequest asked, String issuer) {
        var audience = asked.parameter("audience");
        if (audience == null) return null;
        var relative = Apis.relative(audience, issuer);
        return switch (apis.forUser(caller.tenant(), caller.client().id(), relative)) {
            case ForUser.Open(var api) -> api;
            case ForUser.NotGranted() ->
                throw new RequestRefused("access_denied", "The client has no grant for this audience.");
            case ForUser.Unknown() -> throw new RequestRefused("access_denied", "There is no API with this audience.");
        };
    }
}
