package io.ringcode.login;

import io.ringcode.authorization.AccessTokens;
import io.ringcode.authorization.AuthorizationCodes;
import io.ringcode.authorization.AuthorizationCodes.Terms;
import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Issuers;
import io.ringcode.authorization.Scopes;
import io.ringcode.authorization.Session;
import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.client.Redirects;
import io.ringcode.login.AuthorizationRequest.ResponseType;
import io.ringcode.login.LoginEvent.SignedInSilently;
import io.ringcode.login.LoginEvent.SilentSignInRefused;
import io.ringcode.session.BrowserSession;
import io.ringcode.session.BrowserSessions;
import io.ringcode.session.Login;
import io.ringcode.session.Logins;
import io.ringcode.session.Wish;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /authorize}: where an application sends its user to sign in, and where the user comes back with the proof. */
@LoginDoor
@Controller
class AuthorizeController {
    private final Callers callers;
    private final Clients clients;
    private final Redirects redirects;
    private final Connections connections;
    private final Apis apis;
    private final Users users;
    private final Issuers issuers;
    private final Cookies cookies;
    private final BrowserSessions sessions;
    private final Logins logins;
    private final FactorPolicy policy;
    private final AuthorizationCodes codes;
    private final AccessTokens tokens;
    private final Answers answers;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    AuthorizeController(
            Callers callers,
            Clients clients,
            Redirects redirects,
            Connections connections,
            Apis apis,
            Users users,
            Issuers issuers,
            Cookies cookies,
            BrowserSessions sessions,
            Logins logins,
            FactorPolicy policy,
            AuthorizationCodes codes,
            AccessTokens tokens,
            Answers answers,
            Clock clock,
            ApplicationEventPublisher events) {
        this.callers = callers;
        this.clients = clients;
        this.redirects = redirects;
        this.connections = connections;
        this.apis = apis;
        this.users = users;
        this.issuers = issuers;
        this.cookies = cookies;
        this.sessions = sessions;
        this.logins = logins;
        this.policy = policy;
        this.codes = codes;
        this.tokens = tokens;
        this.answers = answers;
        this.clock = clock;
        this.events = events;
    }

    @GetMapping("/authorize")
    void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        authorize(request, response);
    }

    @PostMapping("/authorize")
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        authorize(request, response);
    }

    private void authorize(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var parameters = parameters(request);
        var tenant = callers.tenant(request);
        var client = client(tenant, parameters.get("client_id"));
        var redirectUri = redirectUri(client, parameters.get("redirect_uri"));
        try {
            var asked = AuthorizationRequest.of(client, redirectUri, parameters);
            decide(request, response, callers.inBrowser(client, request), asked);
        } catch (RequestRefused refused) {
            answers.send(
                    request,
                    response,
                    redirectUri,
                    AuthorizationRequest.modeOf(parameters),
                    parameters.get("state"),
                    issuers.of(request),
                    Map.of("error", refused.error(), "error_description", refused.description()));
        }
    }

    /** A session that is good enough answers at once; else the pages take over, or an application that wants none is told so. */
    private void decide(
            HttpServletRequest request, HttpServletResponse response, Caller caller, AuthorizationRequest asked)
            throws IOException {
        var tenant = caller.tenant();
        var api = api(tenant, asked, issuers.of(request));
        var wish = wish(caller, asked, api);
        var session = sessions.find(tenant, cookies.session(request)).orElse(null);
        var fresh = session != null && isFresh(session, asked) ? session : null;
        var satisfied = fresh != null && !policy.demands(tenant, fresh.user(), fresh.amr(), wish);
        if (fresh != null && satisfied && !asked.prompt().contains("select_account")) {
            events.publishEvent(new SignedInSilently(caller, fresh.user()));
            answer(request, response, asked, session(caller, asked, api, fresh.user(), fresh.amr(), fresh.authTime()));
            return;
        }
        if (asked.silent()) {
            var why = fresh == null ? "Login required" : "Multifactor authentication required";
            events.publishEvent(new SilentSignInRefused(caller, fresh == null ? null : fresh.user(), why));
            throw new RequestRefused("login_required", why);
        }
        var known = fresh == null || asked.prompt().contains("select_account") ? null : fresh;
        var login = logins.begin(
                tenant,
                cookies.ensureBrowser(request, response),
                caller.client().id(),
                wish,
                asked.parameters(),
                known == null ? null : known.user(),
                known == null ? List.of() : known.amr());
        var first = wish.kind() == Wish.Kind.SIGN_UP ? "signup" : "login";
        Answers.redirect(response, "/u/" + first + "?state=" + login.state());
    }

    /** The person has proved everything that was asked. */
    @GetMapping("/authorize/resume")
    void resume(@RequestParam String state, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var tenant = callers.tenant(request);
        var login = cookies.browser(request)
                .flatMap(browser -> logins.take(tenant, state, browser))
                .orElseThrow(() -> new LoginGone());
        var client = client(tenant, login.request().get("client_id"));
        var redirectUri = redirectUri(client, login.request().get("redirect_uri"));
        var asked = AuthorizationRequest.of(client, redirectUri, login.request());
        var caller = callers.inBrowser(client, request);
        var api = api(tenant, asked, issuers.of(request));
        answer(request, response, asked, session(caller, asked, api, user(login), login.amr(), doneAt(login)));
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, AuthorizationRequest asked, Session session)
            throws IOException {
        var issuer = issuers.of(request);
        var user = users.find(session.tenant(), session.user())
                .filter(found -> !found.blocked())
                .orElseThrow(() -> new RequestRefused("access_denied", "The user is blocked or no longer exists."));
        var answer = new HashMap<String, String>();
        if (asked.responseType() == ResponseType.CODE) {
            var terms = new Terms(asked.redirectUri().toString(), asked.codeChallenge(), asked.nonce());
            answer.put("code", codes.issue(session, terms));
        } else answer.put("id_token", tokens.idToken(session, user, issuer, asked.nonce()));
        answers.send(request, response, asked.redirectUri(), asked.responseMode(), asked.state(), issuer, answer);
    }

    private boolean isFresh(BrowserSession session, AuthorizationRequest asked) {
        if (asked.prompt().contains("login") || asked.prompt().contains("create")) return false;
        var maxAge = asked.maxAge();
        return maxAge == null || !session.authTime().plusSeconds(maxAge).isBefore(clock.instant());
    }

    private Wish wish(Caller caller, AuthorizationRequest asked, @Nullable Api api) {
        var connection = asked.parameter("connection");
        if (connection != null
                && !connections.offers(
                        caller.tenant(), connection, caller.client().id()))
            throw new RequestRefused(
                    "invalid_request", "The connection does not exist, or is not enabled for this client.");
        var signUp = "signup".equals(asked.parameter("screen_hint"))
                || asked.prompt().contains("create");
        return new Wish(
                signUp ? Wish.Kind.SIGN_UP : Wish.Kind.SIGN_IN,
                asked.parameter("login_hint"),
                asked.parameter("ui_locales"),
                asked.multiFactor(),
                api == null ? null : api.identifier(),
                connection);
    }

    private @Nullable Api api(TenantId tenant, AuthorizationRequest asked, String issuer) {
        var audience = asked.parameter("audience");
        if (audience == null) return null;
        return apis.find(tenant, Apis.relative(audience, issuer))
                .filter(api -> !api.identifier().equals(Apis.MANAGEMENT))
                .orElseThrow(() -> new RequestRefused("access_denied", "There is no API with this audience."));
    }

    private static Session session(
            Caller caller,
            AuthorizationRequest asked,
            @Nullable Api api,
            UserId user,
            List<String> amr,
            Instant authTime) {
        return new Session(
                caller.tenant(),
                user,
                caller.client().id(),
                api == null ? null : api.identifier(),
                Scopes.granted(asked.scopes(), api),
                amr,
                authTime,
                asked.key());
    }

    private Client client(TenantId tenant, @Nullable String id) {
        if (id == null || id.isBlank()) throw new Unanswerable("client_id is missing.");
        return clients.find(tenant, new ClientId(id))
                .orElseThrow(() -> new Unanswerable("There is no client with this client_id."));
    }

    private URI redirectUri(Client client, @Nullable String asked) {
        if (asked == null || asked.isBlank()) throw new Unanswerable("redirect_uri is missing.");
        var registered = redirects
                .of(client.tenant(), client.id())
                .map(Redirects.Registered::callbacks)
                .orElse(List.of());
        if (!registered.contains(asked))
            throw new Unanswerable("The redirect_uri is not among the callbacks of this client.");
        return URI.create(asked);
    }

    private static Map<String, String> parameters(HttpServletRequest request) {
        var parameters = new HashMap<String, String>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length > 1) throw new Unanswerable("A parameter is there more than once.");
            parameters.put(name, values[0]);
        });
        return parameters;
    }

    private static UserId user(Login login) {
        var user = login.user();
        if (user == null) throw new LoginGone();
        return user;
    }

    private static Instant doneAt(Login login) {
        var doneAt = login.doneAt();
        if (doneAt == null) throw new LoginGone();
        return doneAt;
    }
}
