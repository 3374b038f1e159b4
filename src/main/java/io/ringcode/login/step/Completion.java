package io.ringcode.login.step;

import io.ringcode.challenge.RememberSettings;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.enrollment.Enrollments;
import io.ringcode.enrollment.Tickets;
import io.ringcode.login.LoginEvent.SignedIn;
import io.ringcode.session.BrowserSessions;
import io.ringcode.session.Login;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The end of a sign-in: opens the session and marks the login as done, for the application to be answered. */
@Component
class Completion {
    private static final String RECOVERY = "recovery-code";

    private final Users users;
    private final Enrollments enrollments;
    private final Tickets tickets;
    private final BrowserSessions sessions;
    private final Logins logins;
    private final Steps steps;
    private final Tenants tenants;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    Completion(
            Users users,
            Enrollments enrollments,
            Tickets tickets,
            BrowserSessions sessions,
            Logins logins,
            Steps steps,
            Tenants tenants,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.users = users;
        this.enrollments = enrollments;
        this.tickets = tickets;
        this.sessions = sessions;
        this.logins = logins;
        this.steps = steps;
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
    StepResult proved(PageRequest turn, Verified right, @Nullable String recoveryCode) {
        var proved = turn.with(turn.login().signedIn(turn.user(), amr(turn, right)));
        var remember = turn.typed("rememberBrowser").equals("true") && mayRemember(turn);
        if (right.method().equals(RECOVERY)) {
            var next = enrollments.replaceRecoveryCode(turn.tenant(), turn.user(), true, clock.instant());
            return stored(proved, new Step.ShowRecoveryCode(next, true, true), false);
        }
        if (recoveryCode != null && right.first())
            return stored(proved, new Step.ShowRecoveryCode(recoveryCode, false, false), remember);
        return finish(proved, proved.login().amr(), remember);
    }

    private StepResult stored(PageRequest turn, Step step, boolean remember) {
        return new StepResult.Stored(steps.store(turn.login(), step), null, remember);
    }

    /** RFC 8176. Of a sign-in whose first factor is the application's affair, only the second is ours to tell. */
    private static List<String> amr(PageRequest turn, Verified right) {
        var before = turn.login().amr();
        if (before.contains("mfa")) return before;
        var amr = new ArrayList<>(before);
        if (!right.method().equals(RECOVERY)) amr.add(right.method());
        if (turn.login().loginRequest().kind() != LoginRequest.Kind.SECOND_FACTOR || amr.isEmpty()) amr.add("mfa");
        return amr;
    }

    boolean mayRemember(PageRequest turn) {
        return !FactorPolicy.insists(turn.login().loginRequest())
                && RememberSettings.of(tenants.settings(turn.tenant())).displayRememberMeCheckbox();
    }

    /** Everything is proved. A user who was blocked, or deleted, meanwhile begins anew, and is refused there. */
    StepResult finish(PageRequest turn, List<String> amr, boolean remember) {
        return java.util.Objects.requireNonNull(transactions.execute(_ -> complete(turn, amr, remember)));
    }

    private StepResult complete(PageRequest turn, List<String> amr, boolean remember) {
        var login = turn.login().signedIn(turn.user(), amr);
        var now = clock.instant();
        return switch (login.loginRequest().kind()) {
            case TICKET -> {
                var ticket = login.request().getOrDefault("ticket", "");
                tickets.use(turn.tenant(), ticket, now);
                yield end(login, null, false);
            }
            case SECOND_FACTOR -> {
                if (users.find(turn.tenant(), turn.user())
                        .filter(user -> !user.blocked())
                        .isEmpty()) throw new LoginGone();
                events.publishEvent(new SignedIn(turn.caller(), turn.user()));
                yield end(login, null, false);
            }
            case SIGN_IN, SIGN_UP, CONSOLE -> {
                var ip = turn.caller().origin().ip();
                if (users.signedIn(turn.tenant(), turn.user(), ip, now).isEmpty()) throw new LoginGone();
                events.publishEvent(new SignedIn(turn.caller(), turn.user()));
                yield end(login, sessions.open(turn.tenant(), turn.session(), turn.user(), amr), remember);
            }
        };
    }

    private StepResult end(Login login, @Nullable String session, boolean remember) {
        var done = login.done(clock.instant());
        logins.save(done);
        return new StepResult.Stored(done, session, remember);
    }
}
