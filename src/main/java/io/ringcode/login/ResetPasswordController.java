package io.ringcode.login;

import io.ringcode.authorization.Callers;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.factor.Amr;
import io.ringcode.fraud.PageGuard;
import io.ringcode.login.authorize.AuthorizationResponses;
import io.ringcode.login.page.EndScreen.ResetOutcome;
import io.ringcode.login.page.EndScreen.ResetResult;
import io.ringcode.login.page.EndScreen.ResetSent;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen.ResetRequest;
import io.ringcode.login.step.ForgottenPassword;
import io.ringcode.login.step.LoginGone;
import io.ringcode.login.step.PageRequest;
import io.ringcode.login.step.ResetLogin;
import io.ringcode.login.step.WaitTexts;
import io.ringcode.session.KnownUser;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.user.PasswordResets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A forgotten password: the page that asks for a link, where the link leads, and how it ended. */
@LoginDoor
@Controller
class ResetPasswordController {
    private static final String REQUEST = "/u/reset-password-request";
    private static final String SENT = "/u/reset-password-email";

    private final PageRequests requests;
    private final ForgottenPassword forgotten;
    private final PasswordResets resets;
    private final Callers callers;
    private final Clients clients;
    private final Logins logins;
    private final Cookies cookies;
    private final PageWriter pages;
    private final PageGuard guard;
    private final Clock clock;

    ResetPasswordController(
            PageRequests requests,
            ForgottenPassword forgotten,
            PasswordResets resets,
            Callers callers,
            Clients clients,
            Logins logins,
            Cookies cookies,
            PageWriter pages,
            PageGuard guard,
            Clock clock) {
        this.requests = requests;
        this.forgotten = forgotten;
        this.resets = resets;
        this.callers = callers;
        this.clients = clients;
        this.logins = logins;
        this.cookies = cookies;
        this.pages = pages;
        this.guard = guard;
        this.clock = clock;
    }

    @GetMapping(REQUEST)
    void request(
            @RequestParam(defaultValue = "") String state, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var page = offered(requests.of(request, state, Map.of()));
        var hint = page.login().loginRequest().loginHint();
        pages.write(request, response, 200, page.login(), new ResetRequest(hint, List.of()));
    }

    /** Whether there is such a user can be told neither by the answer nor by how long it takes. */
    @PostMapping(REQUEST)
    void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var form = requests.form(request);
        var page = offered(requests.of(request, form.getOrDefault("state", ""), form));
        var tooMany = guard.admit(page.tenant(), page.caller().origin(), clock.instant());
        if (tooMany.isPresent()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "" + tooMany.get().toSeconds());
            var problem = new Problem("", "too-many-requests", WaitTexts.values(tooMany.get()));
            write(request, response, 429, page, List.of(problem));
            return;
        }
        var problems = forgotten.ask(page);
        if (problems.isEmpty())
            AuthorizationResponses.redirect(
                    response, SENT + "?state=" + page.login().state());
        else write(request, response, 400, page, problems);
    }

    private void write(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            PageRequest page,
            List<Problem> problems)
            throws IOException {
        var typed = page.form().getOrDefault("email", "").strip();
        pages.write(request, response, status, page.login(), new ResetRequest(typed, problems));
    }

    private PageRequest offered(PageRequest page) {
        if (!forgotten.isOffered(page)) throw new LoginGone();
        return page;
    }

    @GetMapping(SENT)
    void sent(@RequestParam(defaultValue = "") String state, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        pages.write(
                request, response, 200, requests.of(request, state, Map.of()).login(), new ResetSent());
    }

    /** Looking does not use the link up: mail programs look at every one. A new password does. */
    @GetMapping("/u/reset-verify")
    void open(@RequestParam(defaultValue = "") String ticket, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var tenant = callers.tenant(request);
        var good = resets.show(tenant, ticket, clock.instant()).orElse(null);
        if (good == null || clients.find(tenant, new ClientId(good.client())).isEmpty()) {
            AuthorizationResponses.redirect(response, resultOf(ResetOutcome.INVALID));
            return;
        }
        var login = logins.begin(
                tenant,
                cookies.ensureBrowser(request, response),
                new ClientId(good.client()),
                new LoginRequest(LoginRequest.Kind.PASSWORD_RESET, null, null, true, null, null, null),
                ResetLogin.parameters(good),
                new KnownUser(good.user(), good.stamp(), Amr.NONE));
        AuthorizationResponses.redirect(response, "/u/login?state=" + login.state());
    }

    @GetMapping("/u/reset-password-result")
    void result(
            @RequestParam(defaultValue = "") String outcome, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        for (var known : ResetOutcome.values())
            if (known.name().toLowerCase(Locale.ROOT).equals(outcome)) {
                pages.write(request, response, 200, new ResetResult(known));
                return;
            }
        throw new LoginGone();
    }

    /** Where the page is that says so. */
    static String resultOf(ResetOutcome outcome) {
        return "/u/reset-password-result?outcome=" + outcome.name().toLowerCase(Locale.ROOT);
    }
}
