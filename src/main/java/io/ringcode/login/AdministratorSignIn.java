package io.ringcode.login;

import io.ringcode.authorization.Callers;
import io.ringcode.client.Caller;
import io.ringcode.client.Clients;
import io.ringcode.factor.Amr;
import io.ringcode.login.authorize.AuthorizationResponses;
import io.ringcode.session.BrowserSession;
import io.ringcode.session.BrowserSessions;
import io.ringcode.session.KnownUser;
import io.ringcode.session.Login;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sign-in of administrators to the console, by the same pages and the same session as for everybody else. */
@Component
public class AdministratorSignIn {
    private static final String WAY_BACK = "return_to";
    private static final String HOME = "/console";

    private final Callers callers;
    private final Clients clients;
    private final BrowserSessions sessions;
    private final Logins logins;
    private final Cookies cookies;
    private final Users users;

    AdministratorSignIn(
            Callers callers, Clients clients, BrowserSessions sessions, Logins logins, Cookies cookies, Users users) {
        this.callers = callers;
        this.clients = clients;
        this.sessions = sessions;
        this.logins = logins;
        this.cookies = cookies;
        this.users = users;
    }

    /** Who is signed in at this browser with a second factor; a browser that was remembered is not enough. */
    public Optional<BrowserSession> of(HttpServletRequest request) {
        return sessions.find(callers.tenant(request), cookies.session(request))
                .filter(session -> session.amr().multiFactor());
    }

    /** The console, for that user. */
    public Caller caller(HttpServletRequest request, BrowserSession session) {
        var client = clients.find(session.tenant(), Clients.CONSOLE).orElseThrow();
        var plain = callers.inBrowser(client, request);
        return new Caller(client, plain.origin(), session.user().value(), plain.scopes());
    }

    /** @param wayBack a page of the console */
    public void begin(HttpServletRequest request, HttpServletResponse response, String wayBack) {
        begin(request, response, wayBack, null);
    }

    /** @param user whose password has just been typed; null for nobody */
    public void begin(HttpServletRequest request, HttpServletResponse response, String wayBack, @Nullable UserId user) {
        var login = logins.begin(
                callers.tenant(request),
                cookies.ensureBrowser(request, response),
                Clients.CONSOLE,
                new LoginRequest(LoginRequest.Kind.CONSOLE, null, null, true, null, null, null),
                Map.of(WAY_BACK, wayBack),
                user == null
                        ? null
                        : users.find(callers.tenant(request), user)
                                .map(known -> KnownUser.of(known, Amr.PASSWORD))
                                .orElse(null));
        AuthorizationResponses.redirect(response, "/u/login?state=" + login.state());
    }

    public void end(HttpServletRequest request, HttpServletResponse response) {
        var token = cookies.session(request);
        if (token != null) sessions.end(callers.tenant(request), token);
        cookies.endSession(request, response);
    }

    static String wayBack(Login login) {
        var asked = login.request().getOrDefault(WAY_BACK, HOME);
        return asked.equals(HOME) || asked.startsWith(HOME + "/") ? asked : HOME;
    }
}
