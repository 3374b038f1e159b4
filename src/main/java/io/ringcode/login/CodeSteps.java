package io.ringcode.login;

import io.ringcode.challenge.PhoneSettings;
import io.ringcode.challenge.Proof;
import io.ringcode.challenge.Verification;
import io.ringcode.challenge.Verification.EnrolledMeanwhile;
import io.ringcode.challenge.Verification.Gone;
import io.ringcode.challenge.Verification.Locked;
import io.ringcode.challenge.Verification.Outlived;
import io.ringcode.challenge.Verification.SwitchedOff;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.challenge.Verifications;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen.EnrollOutcome;
import io.ringcode.session.Logins;
import io.ringcode.session.Wish;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The pages on which a code is typed. A guess, its count and what it earns commit together. */
@Component
class CodeSteps {
    private static final int APP_DIGITS = 6;
    private static final int RECOVERY_LENGTH = 24;

    private final Verifications verifications;
    private final SecondFactorSteps secondFactor;
    private final Completion completion;
    private final Steps steps;
    private final Logins logins;
    private final Tenants tenants;
    private final Clock clock;
    private final TransactionTemplate transactions;

    CodeSteps(
            Verifications verifications,
            SecondFactorSteps secondFactor,
            Completion completion,
            Steps steps,
            Logins logins,
            Tenants tenants,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.verifications = verifications;
        this.secondFactor = secondFactor;
        this.completion = completion;
        this.steps = steps;
        this.logins = logins;
        this.tenants = tenants;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** Digits of a code that is sent. */
    int length(Turn turn) {
        return PhoneSettings.of(tenants.settings(turn.tenant())).otpLength();
    }

    Reply phone(Turn turn, Step.AwaitCode step) {
        var malformed = malformed(turn, "[0-9]{" + length(turn) + "}", "invalid-otp-code-format");
        if (malformed != null) return malformed;
        return judge(turn, step, step.recoveryCode(), new Proof.OutOfBand(step.oobCode(), turn.typed("code")));
    }

    /** The first code of an app that is being bound. */
    Reply newApp(Turn turn, Step.EnrollApp step) {
        var malformed = malformed(turn, "[0-9]{" + APP_DIGITS + "}", "invalid-otp-code-format");
        if (malformed != null) return malformed;
        var app = new AuthenticatorId(step.enrollment());
        return judge(turn, step, step.recoveryCode(), new Proof.AppCode(app, turn.typed("code")));
    }

    Reply app(Turn turn, Step.AwaitAppCode step) {
        var malformed = malformed(turn, "[0-9]{" + APP_DIGITS + "}", "invalid-otp-code-format");
        if (malformed != null) return malformed;
        return judge(turn, step, null, new Proof.AppCode(null, turn.typed("code")));
    }

    Reply recoveryCode(Turn turn, Step.AwaitRecoveryCode step) {
        var malformed = malformed(turn, "[A-Za-z0-9]{" + RECOVERY_LENGTH + "}", "invalid-code-format");
        if (malformed != null) return malformed;
        return judge(turn, step, null, new Proof.RecoveryCode(turn.typed("code")));
    }

    /** What cannot be a code is said so, and not counted. */
    private static @Nullable Reply malformed(Turn turn, String form, String key) {
        var code = turn.typed("code").replaceAll("[\\s-]", "");
        if (code.isEmpty()) return Reply.Again.with(Problem.of("code", "no-code"));
        return code.matches(form) ? null : Reply.Again.with(Problem.of("code", key));
    }

    private Reply judge(Turn turn, Step step, @Nullable String recoveryCode, Proof proof) {
        record Judged(Verification verification, @Nullable Reply reply) {}
        var judged = Objects.requireNonNull(transactions.execute(status -> {
            var verification = verifications.prove(turn.transaction(), proof);
            var reply = verification instanceof Verified right ? completion.proved(turn, right, recoveryCode) : null;
            if (verification.undone() || reply instanceof Reply.TicketOver) status.setRollbackOnly();
            return new Judged(verification, reply);
        }));
        return switch (judged.verification()) {
            case Verified _ -> Objects.requireNonNull(judged.reply());
            case WrongCode() -> Reply.Again.with(Problem.of("code", "invalid-code"));
            case Locked(var wait) -> new Reply.Next(turn.login(), locked(wait));
            case Gone() -> gone(turn, step);
            case SwitchedOff() -> secondFactor.begin(turn);
            case EnrolledMeanwhile() ->
                turn.login().wish().kind() == Wish.Kind.TICKET
                        ? new Reply.TicketOver(EnrollOutcome.ALREADY_ENROLLED)
                        : secondFactor.begin(turn);
            case Outlived() -> throw new LoginGone();
        };
    }

    private Step.LockedOut locked(Duration wait) {
        return new Step.LockedOut(wait.isZero() ? null : clock.instant().plus(wait));
    }

    /** Expired, or used: perhaps by the same form, sent twice, in which case the sign-in has moved on. */
    private Reply gone(Turn turn, Step step) {
        var now = logins.again(turn.login()).orElseThrow(() -> new LoginGone());
        var at = steps.of(now);
        return now.done() || (at != null && !at.equals(step))
                ? new Reply.Stored(now, null, false)
                : Reply.Again.with(Problem.of("code", "no-transaction-in-progress"));
    }
}
