package io.ringcode.login.step;

import io.ringcode.factor.Authenticators;
import io.ringcode.fraud.LoginGuard;
import io.ringcode.login.page.EndScreen.ResetOutcome;
import io.ringcode.login.page.Problem;
import io.ringcode.notice.NoticeEvent.PasswordReset;
import io.ringcode.session.Login;
import io.ringcode.session.LoginRequest;
import io.ringcode.user.Directory;
import io.ringcode.user.NewPassword;
import io.ringcode.user.PasswordHash;
import io.ringcode.user.PasswordLength;
import io.ringcode.user.PasswordResets;
import io.ringcode.user.Passwords;
import io.ringcode.user.User;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The last page of a link for a new password. Whether the second factor was proved, where one is bound, is judged in the
 * transaction that uses the link up and sets the password.
 */
@Component
class NewPasswordStep {
    private final Users users;
    private final Directory directory;
    private final Passwords passwords;
    private final PasswordResets resets;
    private final Authenticators authenticators;
    private final LoginGuard guard;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    NewPasswordStep(
            Users users,
            Directory directory,
            Passwords passwords,
            PasswordResets resets,
            Authenticators authenticators,
            LoginGuard guard,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.users = users;
        this.directory = directory;
        this.passwords = passwords;
        this.resets = resets;
        this.authenticators = authenticators;
        this.guard = guard;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
    }

    /** Whether a sign-in is one that ends with a new password. */
    static boolean isDue(Login login) {
        return login.loginRequest().kind() == LoginRequest.Kind.PASSWORD_RESET;
    }

    StepResult set(PageRequest page) {
        var password = page.form().getOrDefault("password", "");
        var user = users.find(page.tenant(), page.user()).orElseThrow(LoginGone::new);
        var problem = problem(password, user.email() == null ? "" : user.email());
        if (problem.isPresent()) return StepResult.Again.with(problem.get());
        var hash = passwords.hash(password);
        return Objects.requireNonNull(transaction.execute(status -> set(page, hash, status)));
    }

    private StepResult set(PageRequest page, PasswordHash hash, TransactionStatus status) {
        var login = page.login();
        var tenant = page.tenant();
        var user = users.hold(tenant, page.user(), login.grounds()).orElse(null);
        if (user == null) return new StepResult.ResetOver(ResetOutcome.INVALID);
        if (!login.pastSecondFactor() && isEnrolled(user)) return new StepResult.Restart();
        var now = clock.instant();
        if (!resets.use(tenant, ResetLogin.key(login), user.id(), now)) {
            status.setRollbackOnly();
            return new StepResult.ResetOver(ResetOutcome.INVALID);
        }
        directory.setPassword(tenant, user.id(), hash, page.caller().origin().languages(), now);
        events.publishEvent(new PasswordReset(page.caller(), user.id()));
        // Wrong passwords were perhaps the owner's, who could not remember it.
        if (user.email() != null) guard.forget(tenant, user.email());
        return new StepResult.ResetOver(ResetOutcome.SUCCESS);
    }

    /** As it is now, with the user held. */
    private boolean isEnrolled(User user) {
        return !authenticators.enrolledAmong(user.tenant(), Set.of(user.id())).isEmpty();
    }

    /** What is wrong with a password that somebody wants to have. */
    static Optional<Problem> problem(String password, String email) {
        if (password.isEmpty()) return Optional.of(Problem.of("password", "no-password"));
        return switch (NewPassword.refusal(password)) {
            case TOO_SHORT, TOO_LONG ->
                Optional.of(new Problem(
                        "password", "weak-password", Map.of("length", String.valueOf(PasswordLength.SHORTEST))));
            case COMMON -> Optional.of(Problem.of("password", "common-password"));
            case null ->
                password.equalsIgnoreCase(email)
                        ? Optional.of(Problem.of("password", "password-is-email"))
                        : Optional.empty();
        };
    }
}
