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
import io.ringcode.session.BrowserSessions;
import io.ringcode.session.KnownUser;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.tenant.Origin;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
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
    private final Connections connections;
    private final BrowserSessions sessions;
    private final FactorPolicy policy;
    private final Logins logins;
    private final Cookies cookies;
    private final PageGuard guard;
    private final Clock clock;

    AccountController(
            Callers callers,
            Connections connections,
            BrowserSessions sessions,
            FactorPolicy policy,
            Logins logins,
            Cookies cookies,
            PageGuard guard,
            Clock clock) {
        this.callers = callers;
        this.connections = connections;
        this.sessions = sessions;
        this.policy = policy;
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
        var session = sessions.find(tenant, cookies.session(request)).orElse(null);
        var worth = session == null ? Worth.NOTHING : policy.worth(session, wanted);
        var known = session == null
                ? null
                : switch (worth) {
                    case ALL -> KnownUser.of(session);
                    case FIRST_FACTOR ->
                        new KnownUser(
                                session.user(), session.stamp(), session.amr().firstFactor());
                    case NOTHING -> null;
                };
        var provedAt = session != null && worth == Worth.ALL ? session.authTime() : clock.instant();
        var login = logins.begin(
                tenant,
                cookies.ensureBrowser(request, response),
                Clients.ACCOUNT,
                wanted,
                AccountLogin.parameters(provedAt),
                known);
        AuthorizationResponses.redirect(response, "/u/login?state=" + login.state());
    }
}
