package io.ringcode.login;

import io.ringcode.batch.TooBusy;
import io.ringcode.challenge.RememberSettings;
import io.ringcode.fraud.PageGuard;
import io.ringcode.login.authorize.AuthorizationResponses;
import io.ringcode.login.page.EndScreen;
import io.ringcode.login.page.EndScreen.EnrollOutcome;
import io.ringcode.login.page.EndScreen.Trouble;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.step.LoginGone;
import io.ringcode.login.step.PageRequest;
import io.ringcode.login.step.Screens;
import io.ringcode.login.step.SignInDecisions;
import io.ringcode.login.step.Step;
import io.ringcode.login.step.StepForms;
import io.ringcode.login.step.StepResult;
import io.ringcode.login.step.Steps;
import io.ringcode.login.step.WaitTexts;
import io.ringcode.session.Login;
import io.ringcode.session.RememberedBrowsers;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages of a sign-in. Its state says which one is due; whoever asks for another is led there, so that no step can be
 * left out. A form counts only when it comes from a page of ours, in the browser that began the sign-in.
 */
@LoginDoor
@Controller
class PagesController {
    private final PageRequests requests;
    private final Cookies cookies;
    private final Steps steps;
    private final StepForms forms;
    private final Screens screens;
    private final PageWriter pages;
    private final PageGuard guard;
    private final RememberedBrowsers browsers;
    private final SignInDecisions decisions;
    private final StartOver startOver;
    private final Tenants tenants;
    private final Clock clock;

    PagesController(
            PageRequests requests,
            Cookies cookies,
            Steps steps,
            StepForms forms,
            Screens screens,
            PageWriter pages,
            PageGuard guard,
            RememberedBrowsers browsers,
            SignInDecisions decisions,
            StartOver startOver,
            Tenants tenants,
            Clock clock) {
        this.requests = requests;
        this.cookies = cookies;
        this.steps = steps;
        this.forms = forms;
        this.screens = screens;
        this.pages = pages;
        this.guard = guard;
        this.browsers = browsers;
        this.decisions = decisions;
        this.startOver = startOver;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping("/u/{screen}")
    void look(
            @PathVariable String screen,
            @RequestParam(defaultValue = "") String state,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var page = requests.of(request, state, Map.of());
        if (page.login().done()) {
            leave(request, response, page.login());
            return;
        }
        var step = steps.of(page.login());
        if (forms.isUndecided(page, step)) {
            reply(request, response, page, forms.begin(page), screen);
            return;
        }
        var due = screens.of(page, step, screen.equals("signup"), List.of());
        if (due.name().equals(screen)) pages.write(request, response, 200, page.login(), due);
        else AuthorizationResponses.redirect(response, address(due, state));
    }

    @PostMapping("/u/{screen}")
    void form(@PathVariable String screen, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var form = requests.form(request);
        var state = form.getOrDefault("state", "");
        var page = requests.of(request, state, form);
        // Whoever may not send a form now is told so on the page that is due, as with every other button.
        var tooMany = guard.admit(page.tenant(), page.caller().origin(), clock.instant());
        if (tooMany.isEmpty() && "start-over".equals(form.get("action")) && StartOver.isOpenTo(page.login())) {
            startOver.begin(request, response, page.login());
            return;
        }
        var signUp = screen.equals("signup");
        var step = steps.of(page.login());
        if (page.login().done()
                || !screens.of(page, step, signUp, List.of()).name().equals(screen)) {
            AuthorizationResponses.redirect(response, "/u/" + screen + "?state=" + state);
            return;
        }
        if (tooMany.isPresent()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "" + tooMany.get().toSeconds());
            var problem = new Problem("", "too-many-requests", WaitTexts.values(tooMany.get()));
            pages.write(request, response, 429, page.login(), screens.of(page, step, signUp, List.of(problem)));
            return;
        }
        StepResult reply;
        try {
            reply = forms.handle(page, step, signUp);
        } catch (TooBusy busy) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "" + TooBusy.RETRY_AFTER.toSeconds());
            var problem = Problem.of("", "server-busy");
            pages.write(request, response, 503, page.login(), screens.of(page, step, signUp, List.of(problem)));
            return;
        }
        reply(request, response, page, reply, screen);
    }

    /** Asked by the page while the person waits. */
    @GetMapping("/u/message-state")
    ResponseEntity<Map<String, String>> messageState(@RequestParam String state, HttpServletRequest request) {
        var page = requests.of(request, state, Map.of());
        if (!(steps.of(page.login()) instanceof Step.AwaitCode)) throw new LoginGone();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Map.of("state", screens.state(page).name().toLowerCase(Locale.ROOT)));
    }

    private void reply(
            HttpServletRequest request, HttpServletResponse response, PageRequest page, StepResult reply, String screen)
            throws IOException {
        switch (reply) {
            case StepResult.Next(var login, var step) -> {
                var stored = steps.store(login, step);
                AuthorizationResponses.redirect(
                        response, address(screens.of(page.with(stored), step, false, List.of()), stored.state()));
            }
            case StepResult.Again(var problems) ->
                pages.write(
                        request,
                        response,
                        400,
                        page.login(),
                        screens.of(page, steps.of(page.login()), screen.equals("signup"), problems));
            case StepResult.Stored(var login, var session, var remember) -> {
                if (session != null) cookies.setSession(request, response, session);
                if (session != null) decisions.signedIn(login, page.caller().origin());
                if (session != null && decisions.isWatched(login.tenant()))
                    decisions.signedIn(login, cookies.ensureRemembered(request, response));
                if (remember) remember(request, response, page.with(login));
                if (login.done()) leave(request, response, login);
                else
                    AuthorizationResponses.redirect(
                            response,
                            address(screens.of(page.with(login), steps.of(login), false, List.of()), login.state()));
            }
            case StepResult.Restart _, StepResult.Undecided _ ->
                throw new IllegalStateException("Nobody has decided what comes next");
            case StepResult.NoFactor(var why) ->
                pages.write(request, response, 403, page.login(), new EndScreen.Failure(why, null));
            case StepResult.ResetOver(var how) ->
                AuthorizationResponses.redirect(response, ResetPasswordController.resultOf(how));
            case StepResult.TicketOver(var why) ->
                AuthorizationResponses.redirect(response, TicketController.resultOf(why));
        }
    }

    private void remember(HttpServletRequest request, HttpServletResponse response, PageRequest page) {
        var settings = RememberSettings.of(tenants.settings(page.tenant()));
        var token = cookies.ensureRemembered(request, response);
        browsers.remember(
                page.tenant(),
                token,
                page.user(),
                page.login().stamp(),
                Duration.ofSeconds(settings.mfaSessionOverallTimeout()));
    }

    /**
     * An application on the web is answered by a navigation of its own, not by redirects after the form. Programs are answered at
     * once: a phone may open them only as the outcome of what the person pressed.
     */
    private void leave(HttpServletRequest request, HttpServletResponse response, Login login) throws IOException {
        switch (login.loginRequest().kind()) {
            case TICKET -> AuthorizationResponses.redirect(response, TicketController.resultOf(EnrollOutcome.ENROLLED));
            case PASSWORD_RESET -> throw new IllegalStateException("It is never done, as its user's stamp has changed");
            case ACCOUNT -> {
                var decision = login.decision();
                var denied = decision == null ? null : decision.denied();
                if (denied == null) throw new IllegalStateException("Only a refusal ends it, or that its time is over");
                pages.write(request, response, 403, login, new EndScreen.Failure(Trouble.REFUSED, denied.reason()));
            }
            case CONSOLE -> AuthorizationResponses.redirect(response, AdministratorSignIn.wayBack(login));
            case SIGN_IN, SIGN_UP, SECOND_FACTOR -> {
                var end = "/authorize/resume?state=" + login.state();
                if (PageWriter.program(login) == null)
                    pages.write(request, response, 200, login, new EndScreen.Onward(end));
                else AuthorizationResponses.redirect(response, end);
            }
        }
    }

    private static String address(Screen screen, String state) {
        return "/u/" + screen.name() + "?state=" + state;
    }
}
