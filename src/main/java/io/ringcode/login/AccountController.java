package io.ringcode.login;

import io.ringcode.authorization.Callers;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.fraud.PageGuard;
import io.ringcode.login.authorize.AuthorizationResponses;
import io.ringcode.login.authorize.Unanswerable;
import io.ringcode.login.step.AccountLogin;
import io.ringcode.login.step.FactorPolicy;
import io.ringcode.login.step.FactorPolicy.Worth;
import io.ringcode.login.step.SignInDecisions;
import io.ringcode.secret.TimedId;
import io.ringcode.session.BrowserSession;
import io.ringcode.session.KnownUser;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.session.SignInDecision;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /u/account}: where people manage their own methods. It begins a sign-in of its own, which leads to the list of them. */
@LoginDoor
@Controller
class AccountController {
    private static final String LOCALES = "[A-Za-z0-9 -]{1,200}";

    private final Callers callers;
    private final Clients clients;
    private final Connections connections;
    private final ClientSessions sessions;
    private final FactorPolicy policy;
    private final SignInDecisions decisions;
    private final Logins logins;
    private final Cookies cookies;
    private final PageGuard guard;
    private final Clock clock;

    AccountController(
            Callers callers,
            Clients clients,
            Connections connections,
            ClientSessions sessions,
            FactorPolicy policy,
            SignInDecisions decisions,
            Logins logins,
            Cookies cookies,
            PageGuard guard,
            Clock clock) {
        this.callers = callers;
        this.clients = clients;
        this.connections = connections;
        this.sessions = sessions;
        this.policy = policy;
        this.decisions = decisions;
        this.logins = logins;
        this.cookies = cookies;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * With a state it is a page of a sign-in, and {@link PagesController}'s.
     *
     * @param connection the directory of who has no session here; null for the usual one
     */
    @GetMapping(path = "/u/account", params = "!state")
    void begin(
            @RequestParam(name = "ui_locales", required = false) @Nullable String locales,
            @RequestParam(required = false) @Nullable String connection,
            HttpServletRequest request,
            HttpServletResponse response) {
        var tenant = callers.tenant(request);
        // Each begins a sign-in, which is stored.
        var origin = new Origin(request.getRemoteAddr(), true, null, request.getServerName());
        if (guard.admit(tenant, origin, clock.instant()).isPresent())
            throw new Unanswerable("Too many requests came from this address.");
        if (connection != null
                && (!StorableText.is(connection) || !connections.offers(tenant, connection, Clients.ACCOUNT)))
            throw new Unanswerable("There is no such connection.");
        var asked = locales != null && locales.matches(LOCALES) ? locales : null;
        var wanted = new LoginRequest(LoginRequest.Kind.ACCOUNT, null, asked, true, null, null, connection);
        var session = sessions.find(tenant, Clients.ACCOUNT, request).orElse(null);
        var worth = session == null ? Worth.NOTHING : policy.worth(session, wanted);
        if (session == null || worth == Worth.NOTHING) {
            begin(request, response, tenant, wanted, clock.instant(), null, null);
            return;
        }
        var client = clients.find(tenant, Clients.ACCOUNT).orElseThrow();
        var decision = decisions.decide(
                callers.inBrowser(client, request),
                session,
                cookies.session(request),
                TimedId.at(clock.instant()),
                Map.of(),
                wanted,
                cookies.remembered(request));
        // Actions may have taken a while, in which the person signed out.
        if (sessions.find(tenant, Clients.ACCOUNT, request)
                .filter(session::equals)
                .isEmpty()) begin(request, response, tenant, wanted, clock.instant(), null, null);
        else if (worth == Worth.ALL && isEnough(session, wanted, decision))
            begin(request, response, tenant, wanted, session.authTime(), KnownUser.of(session), decision);
        else
            begin(
                    request,
                    response,
                    tenant,
                    wanted,
                    clock.instant(),
                    new KnownUser(session.user(), session.stamp(), session.amr().firstFactor()),
                    decision);
    }

    /** Whether nothing is asked for that the session has not proved. */
    private boolean isEnough(BrowserSession session, LoginRequest wanted, SignInDecision decision) {
        var demand = decision.demand();
        return demand != null
                && !demand.fresh()
                && !policy.demands(session.tenant(), session.user(), session.amr(), wanted, demand);
    }

    private void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            TenantId tenant,
            LoginRequest wanted,
            Instant provedAt,
            @Nullable KnownUser known,
            @Nullable SignInDecision decision) {
        var login = logins.begin(
                tenant,
                cookies.ensureBrowser(request, response),
                Clients.ACCOUNT,
                wanted,
                AccountLogin.parameters(provedAt),
                known,
                decision);
        AuthorizationResponses.redirect(response, "/u/login?state=" + login.state());
    }
}
