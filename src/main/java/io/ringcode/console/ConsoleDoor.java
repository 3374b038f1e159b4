package io.ringcode.console;

import io.ringcode.administrator.Administrators;
import io.ringcode.authorization.Issuers;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.login.AdministratorSignIn;
import io.ringcode.login.SameOriginForms;
import io.ringcode.session.BrowserSession;
import io.ringcode.user.Users;
import io.ringcode.web.FormLimit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Access control of the console: an administrator who has proved a second factor within the last hours. Forms count from our own pages only. */
@Component
public class ConsoleDoor implements HandlerInterceptor {
    private static final Duration LONGEST = Duration.ofHours(12);

    /** It comes back in the header of an answer. */
    private static final int LONGEST_WAY = 2_000;

    private final AdministratorSignIn signIn;
    private final Administrators administrators;
    private final Users users;
    private final Issuers issuers;
    private final ConsolePages pages;
    private final Clock clock;

    ConsoleDoor(
            AdministratorSignIn signIn,
            Administrators administrators,
            Users users,
            Issuers issuers,
            ConsolePages pages,
            Clock clock) {
        this.signIn = signIn;
        this.administrators = administrators;
        this.users = users;
        this.issuers = issuers;
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        var form = request.getMethod().equals("POST");
        if (form && !SameOriginForms.sent(request, issuers.of(request))) {
            pages.write(response, 403, new View.Stop("This form was not sent from the console.", false));
            return false;
        }
        var session = signIn.of(request).filter(this::isRecent);
        if (session.isEmpty()) {
            if (request.getHeader("HX-Request") != null) {
                response.setHeader("HX-Refresh", "true");
                response.setStatus(401);
            } else signIn.begin(request, response, form ? "/console" : asked(request));
            return false;
        }
        return enter(request, response, session.get());
    }

    private boolean enter(HttpServletRequest request, HttpServletResponse response, BrowserSession session)
            throws IOException {
        var scopes = administrators.scopes(session.tenant(), session.user());
        var user = users.find(session.tenant(), session.user()).filter(found -> !found.blocked());
        if (scopes.isEmpty() || user.isEmpty()) {
            pages.write(response, 403, new View.Stop("This account is not an administrator account.", true));
            return false;
        }
        var name =
                user.get().email() == null ? session.user().value() : user.get().email();
        new Visitor(signIn.caller(request, session).with(scopes.get()), name, issuers.of(request)).enter(request);
        FormLimit.raise(request);
        return true;
    }

    private boolean isRecent(BrowserSession session) {
        return session.authTime().plus(LONGEST).isAfter(clock.instant());
    }

    private static String asked(HttpServletRequest request) {
        var query = request.getQueryString();
        var asked = request.getRequestURI() + (query == null ? "" : "?" + query);
        return asked.length() > LONGEST_WAY ? "/console" : asked;
    }
}
