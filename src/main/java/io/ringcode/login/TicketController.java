package io.ringcode.login;

import io.ringcode.authorization.Callers;
import io.ringcode.client.Clients;
import io.ringcode.factor.Amr;
import io.ringcode.factor.Tickets;
import io.ringcode.factor.Tickets.Shown;
import io.ringcode.login.authorize.AuthorizationResponses;
import io.ringcode.login.page.EndScreen.EnrollOutcome;
import io.ringcode.login.page.EndScreen.EnrollResult;
import io.ringcode.login.step.FactorPolicy;
import io.ringcode.login.step.LoginGone;
import io.ringcode.login.step.TicketLogin;
import io.ringcode.session.KnownUser;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.user.User;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /mfa/enrollment}: where an administrator's link leads, and the page that says how it ended. */
@LoginDoor
@Controller
class TicketController {
    private final Callers callers;
    private final Clients clients;
    private final Tickets tickets;
    private final Users users;
    private final FactorPolicy policy;
    private final Logins logins;
    private final Cookies cookies;
    private final PageWriter pages;
    private final Clock clock;

    TicketController(
            Callers callers,
            Clients clients,
            Tickets tickets,
            Users users,
            FactorPolicy policy,
            Logins logins,
            Cookies cookies,
            PageWriter pages,
            Clock clock) {
        this.callers = callers;
        this.clients = clients;
        this.tickets = tickets;
        this.users = users;
        this.policy = policy;
        this.logins = logins;
        this.cookies = cookies;
        this.pages = pages;
        this.clock = clock;
    }

    /** Looking does not use the ticket up: mail programs look at every link. Enrolling does. */
    @GetMapping("/mfa/enrollment")
    void open(@RequestParam(defaultValue = "") String ticket, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var tenant = callers.tenant(request);
        switch (tickets.show(tenant, ticket, clock.instant())) {
            case Shown.Unknown() -> result(request, response, EnrollOutcome.INVALID_TICKET);
            case Shown.Expired() -> result(request, response, EnrollOutcome.EXPIRED_TICKET);
            case Shown.Used() -> result(request, response, EnrollOutcome.ALREADY_USED);
            case Shown.Good good -> {
                var user = users.find(tenant, good.user()).filter(found -> !found.blocked());
                if (user.isEmpty() || clients.find(tenant, good.client()).isEmpty())
                    result(request, response, EnrollOutcome.INVALID_TICKET);
                else if (policy.of(tenant, good.user()).enrolled() && !good.multiple())
                    result(request, response, EnrollOutcome.ALREADY_ENROLLED);
                else begin(request, response, ticket, good, user.get());
            }
        }
    }

    private void begin(
            HttpServletRequest request, HttpServletResponse response, String ticket, Shown.Good good, User user) {
        var login = logins.begin(
                callers.tenant(request),
                cookies.ensureBrowser(request, response),
                good.client(),
                new LoginRequest(LoginRequest.Kind.TICKET, null, null, true, null, null, null),
                TicketLogin.parameters(ticket, good),
                KnownUser.of(user, Amr.NONE));
        AuthorizationResponses.redirect(response, "/u/login?state=" + login.state());
    }

    @GetMapping("/u/mfa-enroll-result")
    void result(
            @RequestParam(defaultValue = "") String outcome, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        for (var known : EnrollOutcome.values())
            if (known.name().toLowerCase(Locale.ROOT).equals(outcome)) {
                pages.write(request, response, 200, new EnrollResult(known));
                return;
            }
        throw new LoginGone();
    }

    /** Where the page is that says so. */
    static String resultOf(EnrollOutcome outcome) {
        return "/u/mfa-enroll-result?outcome=" + outcome.name().toLowerCase(Locale.ROOT);
    }

    private void result(HttpServletRequest request, HttpServletResponse response, EnrollOutcome outcome)
            throws IOException {
        pages.write(request, response, 200, new EnrollResult(outcome));
    }
}
