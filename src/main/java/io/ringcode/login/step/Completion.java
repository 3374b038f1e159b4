package io.ringcode.login.step;

import io.ringcode.action.FactorCommand;
import io.ringcode.action.SignInContext.Method;
import io.ringcode.challenge.RememberSettings;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.factor.Amr;
import io.ringcode.factor.PasskeyOffers.Answer;
import io.ringcode.factor.ProofMethod;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.factor.Tickets;
import io.ringcode.login.LoginEvent.SignedIn;
import io.ringcode.login.page.EndScreen.EnrollOutcome;
import io.ringcode.login.page.Screen.Remember;
import io.ringcode.session.BrowserSessions;
import io.ringcode.session.Login;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The end of a sign-in: opens the session and marks the login as done, for the application to be answered. */
@Component
class Completion {
    private final Users users;
    private final RecoveryCodes recoveryCodes;
    private final Tickets tickets;
    private final BrowserSessions sessions;
    private final Logins logins;
    private final Steps steps;
    private final PasskeySteps passkeys;
    private final LossReports losses;
    private final Tenants tenants;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    Completion(
            Users users,
            RecoveryCodes recoveryCodes,
            Tickets tickets,
            BrowserSessions sessions,
            Logins logins,
            Steps steps,
            PasskeySteps passkeys,
            LossReports losses,
            Tenants tenants,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.users = users;
        this.recoveryCodes = recoveryCodes;
        this.tickets = tickets;
        this.sessions = sessions;
        this.logins = logins;
        this.steps = steps;
        this.passkeys = passkeys;
        this.losses = losses;
        this.tenants = tenants;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    /**
     * The second factor is proved. Runs in the transaction of the guess.
     *
     * @param recoveryCode of a first enrolment, to be shown now; null for none
     */
    StepResult proved(PageRequest before, Verified right, @Nullable String recoveryCode) {
        var page = before.with(losses.settle(before, right.authenticator()));
        var login = page.login();
        if (login.loginRequest().kind() == LoginRequest.Kind.TICKET && !useTicket(page))
            return new StepResult.TicketOver(EnrollOutcome.ALREADY_USED);
        var proved = page.with(noted(login, right).proved(amr(login, right.method())));
        var remember = page.typed("rememberBrowser").equals("true") && mayRemember(page);
        if (right.method().equals(ProofMethod.RECOVERY_CODE)) {
            var next = recoveryCodes.replace(page.tenant(), page.user(), clock.instant());
            return stored(proved, new Step.ShowRecoveryCode(next, true, !NewPasswordStep.isDue(login)), false);
        }
        if (NewPasswordStep.isDue(login)) return stored(proved, new Step.NewPassword(), false);
        var key = right.method().key();
        if (right.first() && key.isPresent()) {
            if (steps.of(login) instanceof Step.EnrollKey at) passkeys.answered(page, at, Answer.BOUND);
            return stored(
                    proved, new Step.NameKey(key.get(), right.authenticator().value(), recoveryCode), remember);
        }
        if (recoveryCode != null && right.first())
            return stored(proved, new Step.ShowRecoveryCode(recoveryCode, false, false), remember);
        return passkeys.after(proved, right)
                .map(step -> stored(proved, step, remember))
                .orElseGet(() -> finish(proved, proved.login().amr(), remember));
    }

    /** With what was proved now, for actions that look at it. */
    private Login noted(Login login, Verified right) {
        var decision = login.decision();
        return decision == null
                ? login
                : login.decided(
                        decision.proved(new Method("mfa", right.method().kind().type(), clock.instant()))
                                .with(decision.actions()
                                        .passed(how(right), right.method().kind())));
    }

    private static FactorCommand.Kind how(Verified right) {
        return right.first() ? FactorCommand.Kind.ENROLL : FactorCommand.Kind.CHALLENGE;
    }

    /** An action refused the sign-in: nobody is signed in here, and the application is told. */
    StepResult refuse(PageRequest page) {
        return end(page.login(), null, false);
    }

    /** Nothing more is to be shown: the end, unless only a passkey will do. */
    StepResult end(PageRequest page) {
        if (NewPasswordStep.isDue(page.login())) return new StepResult.Next(page.login(), new Step.NewPassword());
        return passkeys.demanded(page)
                .<StepResult>map(step -> new StepResult.Next(page.login(), step))
                .orElseGet(() -> finish(page, page.login().amr(), false));
    }

    private StepResult stored(PageRequest page, Step step, boolean remember) {
        return new StepResult.Stored(steps.store(page.login(), step), null, remember);
    }

    private boolean useTicket(PageRequest page) {
        return tickets.use(page.tenant(), TicketLogin.ticket(page.login()), clock.instant());
    }

    private static Amr amr(Login login, ProofMethod method) {
        return switch (login.loginRequest().kind()) {
            case SECOND_FACTOR, PASSWORD_RESET -> login.amr().alone(method);
            case SIGN_IN, SIGN_UP, CONSOLE, ACCOUNT, TICKET -> login.amr().and(method);
        };
    }

    private boolean mayRemember(PageRequest page) {
        return !FactorPolicy.insists(page.login().loginRequest())
                && !FactorPolicy.demand(page.login()).fresh()
                && FactorPolicy.due(page.login()) == null
                && RememberSettings.of(tenants.settings(page.tenant())).displayRememberMeCheckbox();
    }

    /** The box "remember this browser", as a page has it; null where it has none. */
    @Nullable
    Remember remember(PageRequest page) {
        if (!mayRemember(page)) return null;
        var settings = RememberSettings.of(tenants.settings(page.tenant()));
        return new Remember(settings.rememberMeDefaultValue(), Duration.ofSeconds(settings.mfaSessionOverallTimeout()));
    }

    /** Everything is proved, unless actions are still to say. A user who was blocked, or deleted, meanwhile begins anew, and is refused there. */
    StepResult finish(PageRequest page, Amr amr, boolean remember) {
        if (NewPasswordStep.isDue(page.login())) return new StepResult.Next(page.login(), new Step.NewPassword());
        var decision = page.login().decision();
        if (decision != null && !decision.settled()) {
            var undecided = page.login().proved(amr).at(null);
            logins.save(undecided);
            return new StepResult.Undecided(undecided);
        }
        return java.util.Objects.requireNonNull(transactions.execute(_ -> complete(page, amr, remember)));
    }

    private StepResult complete(PageRequest page, Amr amr, boolean remember) {
        var login = page.login().proved(amr);
        return switch (login.loginRequest().kind()) {
            case TICKET -> {
                hold(login);
                yield end(login, null, false);
            }
            case SECOND_FACTOR -> {
                hold(login);
                events.publishEvent(new SignedIn(page.caller(), page.user()));
                yield end(login, null, false);
            }
            case PASSWORD_RESET -> throw new IllegalStateException("It ends with a new password");
            case ACCOUNT -> {
                hold(login);
                yield new StepResult.Stored(steps.store(login, new Step.Methods()), signInAnew(page, login), remember);
            }
            case SIGN_IN, SIGN_UP, CONSOLE -> end(login, signIn(page, login, clock.instant()), remember);
        };
    }

    /** @return the browser's new session */
    private String signIn(PageRequest page, Login login, Instant provedAt) {
        var ip = page.caller().origin().ip();
        if (users.signedIn(page.tenant(), page.user(), login.grounds(), ip, clock.instant())
                .isEmpty()) throw new LoginGone();
        events.publishEvent(new SignedIn(page.caller(), page.user()));
        var token = sessions.open(page.tenant(), page.session(), page.user(), login.stamp(), login.amr(), provedAt);
        var recorded =
                login.decision() == null ? List.<Method>of() : login.decision().recorded();
        if (!recorded.isEmpty()) sessions.record(page.tenant(), token, recorded);
        return token;
    }

    /**
     * @return the browser's new session; null where the one that it has says the same and is as young: it was not ended by a binding, and
     *     nothing was proved anew
     */
    private @Nullable String signInAnew(PageRequest page, Login login) {
        var provedAt = AccountLogin.provedAt(login);
        var still = sessions.find(page.tenant(), page.session())
                .filter(session -> session.user().equals(page.user())
                        && session.amr().equals(login.amr())
                        && !session.authTime().isBefore(provedAt));
        return still.isPresent() ? null : signIn(page, login, provedAt);
    }

    private void hold(Login login) {
        var user = login.user();
        if (user == null || users.hold(login.tenant(), user, login.grounds()).isEmpty()) throw new LoginGone();
    }

    private StepResult end(Login login, @Nullable String session, boolean remember) {
        var done = login.done(clock.instant());
        logins.save(done);
        return new StepResult.Stored(done, session, remember);
    }
}
