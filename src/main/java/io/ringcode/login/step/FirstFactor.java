package io.ringcode.login.step;

import io.ringcode.client.Connections;
import io.ringcode.factor.Amr;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.LoginGuard;
import io.ringcode.login.LoginEvent.PasswordRefused;
import io.ringcode.login.LoginEvent.SignUpRefused;
import io.ringcode.login.LoginEvent.SignedUp;
import io.ringcode.login.page.Problem;
import io.ringcode.session.LoginRequest;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.Typed;
import io.ringcode.user.EmailAddress;
import io.ringcode.user.PasswordHash;
import io.ringcode.user.Passwords;
import io.ringcode.user.User;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The password, and the sign-up of who has none yet. */
@Component
class FirstFactor {
    private final Users users;
    private final Passwords passwords;
    private final Connections connections;
    private final LoginGuard guard;
    private final SecondFactorSteps secondFactor;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    FirstFactor(
            Users users,
            Passwords passwords,
            Connections connections,
            LoginGuard guard,
            SecondFactorSteps secondFactor,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.users = users;
        this.passwords = passwords;
        this.connections = connections;
        this.guard = guard;
        this.secondFactor = secondFactor;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    StepResult logIn(PageRequest page) {
        requireNobody(page);
        var name = new Typed(page.typed("username")).name();
        var password = page.form().getOrDefault("password", "");
        var problems = new ArrayList<Problem>();
        if (name.isEmpty()) problems.add(Problem.of("username", "no-username"));
        if (password.isEmpty()) problems.add(Problem.of("password", "no-password"));
        if (!problems.isEmpty()) return new StepResult.Again(problems);
        var tenant = page.tenant();
        var origin = page.caller().origin();
        if (guard.admit(tenant, name, origin, clock.instant()) instanceof Denied denied) {
            events.publishEvent(new PasswordRefused(
                    page.caller(),
                    denied.rule() == Rule.ADDRESS
                            ? "Too many logins were tried from this address."
                            : "Too many logins were tried for this user."));
            return StepResult.Again.with(new Problem("", "too-many-logins", WaitTexts.values(denied.retryAfter())));
        }
        var connection = connection(page);
        if (!connections.offers(tenant, connection, page.caller().client().id()))
            return StepResult.Again.with(Problem.of("", "no-connection"));
        var user = users.signIn(tenant, connection, name, password);
        if (user.isEmpty()) {
            events.publishEvent(new PasswordRefused(page.caller(), "Wrong email or password."));
            return StepResult.Again.with(Problem.of("password", "wrong-credentials"));
        }
        guard.right(tenant, name, origin);
        return secondFactor.begin(page.with(page.login().signedIn(user.get(), Amr.PASSWORD)));
    }

    /** That an address is taken cannot be hidden from who tries to sign up with it, so trying is limited as guessing is. */
    StepResult signUp(PageRequest page) {
        requireNobody(page);
        var email = new Typed(page.typed("email")).name().toLowerCase(Locale.ROOT);
        var password = page.form().getOrDefault("password", "");
        var problems = new ArrayList<Problem>();
        if (email.isEmpty()) problems.add(Problem.of("email", "no-email"));
        else if (!EmailAddress.is(email)) problems.add(Problem.of("email", "invalid-email"));
        NewPasswordStep.problem(password, email).ifPresent(problems::add);
        if (!problems.isEmpty()) return new StepResult.Again(problems);
        var tenant = page.tenant();
        var connection = connection(page);
        if (!offersSignUp(tenant, page)) return StepResult.Again.with(Problem.of("", "signup-off"));
        if (guard.admit(tenant, email, page.caller().origin(), clock.instant()) instanceof Denied denied)
            return StepResult.Again.with(new Problem("", "too-many-logins", WaitTexts.values(denied.retryAfter())));
        var created = create(page, connection, email, passwords.hash(password));
        if (created.isEmpty()) {
            events.publishEvent(new SignUpRefused(page.caller(), "The user already exists."));
            return StepResult.Again.with(Problem.of("email", "user-exists"));
        }
        return secondFactor.begin(page.with(page.login().signedIn(created.get(), Amr.PASSWORD)));
    }

    private Optional<User> create(PageRequest page, String connection, String email, PasswordHash password) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            var id = users.signUp(page.tenant(), connection, email, password, clock.instant());
            id.ifPresent(user -> events.publishEvent(new SignedUp(page.caller(), user)));
            return id.flatMap(user -> users.find(page.tenant(), user));
        }));
    }

    /** Pages never lead here with a user who is known already; nor may anything else. */
    private static void requireNobody(PageRequest page) {
        if (page.login().user() != null || !page.login().loginRequest().openToAnybody()) throw new LoginGone();
    }

    boolean offersSignUp(TenantId tenant, PageRequest page) {
        return page.login().loginRequest().kind() != LoginRequest.Kind.SECOND_FACTOR
                && page.login().loginRequest().kind() != LoginRequest.Kind.CONSOLE
                && connections.offersSignUp(
                        tenant, connection(page), page.caller().client().id());
    }

    private static String connection(PageRequest page) {
        var wished = page.login().loginRequest().connection();
        return wished == null ? Connections.DEFAULT : wished;
    }
}
