package io.ringcode.login.step;

import io.ringcode.challenge.Proof;
import io.ringcode.challenge.Verification;
import io.ringcode.challenge.Verification.CodeUsedUp;
import io.ringcode.challenge.Verification.EnrolledMeanwhile;
import io.ringcode.challenge.Verification.Gone;
import io.ringcode.challenge.Verification.Locked;
import io.ringcode.challenge.Verification.NumberNotTrusted;
import io.ringcode.challenge.Verification.Outlived;
import io.ringcode.challenge.Verification.SwitchedOff;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.challenge.Verifications;
import io.ringcode.login.page.EndScreen.EnrollOutcome;
import io.ringcode.login.page.Problem;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.text.Typed;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Judges what is typed on the pages of codes. A guess, its count and what it earns commit together. */
@Component
class CodeSteps {
    /** From this many wrong guesses in a row on, people are told how many are left. */
    private static final int WARNED_FROM = 3;

    private final Verifications verifications;
    private final Completion completion;
    private final Steps steps;
    private final Logins logins;
    private final Clock clock;
    private final TransactionTemplate transactions;

    CodeSteps(
            Verifications verifications,
            Completion completion,
            Steps steps,
            Logins logins,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.verifications = verifications;
        this.completion = completion;
        this.steps = steps;
        this.logins = logins;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** What cannot be a code is said so, and not counted. */
    static @Nullable StepResult malformed(PageRequest page, String form, String key) {
        var code = new Typed(page.typed("code")).code();
        if (code.isEmpty()) return StepResult.Again.with(Problem.of("code", "no-code"));
        return code.matches(form) ? null : StepResult.Again.with(Problem.of("code", key));
    }

    /**
     * @param step the page that the code was typed on
     * @param recoveryCode of a first enrolment, to be shown if the code is right; null for none
     */
    StepResult judge(PageRequest page, Step step, @Nullable String recoveryCode, Proof proof) {
        return judge(
                page,
                step,
                recoveryCode,
                proof,
                () -> true,
                wrong -> StepResult.Again.with(wrong(wrong.failures(), wrong.left())));
    }

    /**
     * The same for an answer to what the page itself asked: of two answers to the same page one is judged.
     *
     * @param wrong where a wrong answer leads
     */
    StepResult once(
            PageRequest page, Step step, @Nullable String recoveryCode, Proof proof, Supplier<StepResult> wrong) {
        return judge(
                page,
                step,
                recoveryCode,
                proof,
                () -> steps.holdAt(page.login(), step).isPresent(),
                _ -> wrong.get());
    }

    private StepResult judge(
            PageRequest page,
            Step step,
            @Nullable String recoveryCode,
            Proof proof,
            BooleanSupplier due,
            Function<WrongCode, StepResult> wrong) {
        record Judged(Verification verification, @Nullable StepResult reply) {}
        var judged = Objects.requireNonNull(transactions.execute(status -> {
            if (!due.getAsBoolean()) return new Judged(new Gone(), null);
            var verification = verifications.prove(page.transaction(), proof);
            var reply = verification instanceof Verified right ? completion.proved(page, right, recoveryCode) : null;
            if (verification.undone() || reply instanceof StepResult.TicketOver) status.setRollbackOnly();
            return new Judged(verification, reply);
        }));
        return switch (judged.verification()) {
            case Verified _ -> Objects.requireNonNull(judged.reply());
            case WrongCode judgement ->
                judgement.next() == null ? wrong.apply(judgement) : exhausted(page, step, judgement.next());
            case Locked _, CodeUsedUp _ -> exhausted(page, step, judged.verification());
            case Gone() -> gone(page, step);
            case SwitchedOff() -> new StepResult.Restart();
            case EnrolledMeanwhile() ->
                page.login().loginRequest().kind() == LoginRequest.Kind.TICKET
                        ? new StepResult.TicketOver(EnrollOutcome.ALREADY_ENROLLED)
                        : new StepResult.Restart();
            case Outlived() -> throw new LoginGone();
            case NumberNotTrusted() -> StepResult.Again.with(Problem.of("code", "number-not-trusted"));
        };
    }

    private static Problem wrong(int failures, int left) {
        return failures < WARNED_FROM
                ? Problem.of("code", "invalid-code")
                : new Problem("code", "invalid-code-left", Map.of("left", String.valueOf(left)));
    }

    /** No further guess is free. */
    private StepResult exhausted(PageRequest page, Step step, Verification why) {
        if (!(why instanceof Locked(var wait))) return over(page, step, "code-used-up");
        var onPage = step instanceof Step.AwaitCode at ? at.over("code-used-up") : step;
        var until = wait.isZero() ? null : clock.instant().plus(wait);
        return new StepResult.Next(page.login(), new Step.LockedOut(until, onPage));
    }

    /** The page of a code that is good no more offers a new one. */
    private static StepResult over(PageRequest page, Step step, String why) {
        return step instanceof Step.AwaitCode at
                ? new StepResult.Next(page.login(), at.over(why))
                : StepResult.Again.with(Problem.of("code", why));
    }

    /** Expired, or used: perhaps by the same form, sent twice, in which case the sign-in has moved on. */
    private StepResult gone(PageRequest page, Step step) {
        var now = logins.again(page.login()).orElseThrow(() -> new LoginGone());
        return now.done() || !step.equals(steps.of(now))
                ? new StepResult.Stored(now, null, false)
                : over(page, step, "no-transaction-in-progress");
    }
}
