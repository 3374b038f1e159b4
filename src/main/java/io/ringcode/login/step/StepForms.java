package io.ringcode.login.step;

import io.ringcode.login.page.Problem;
import io.ringcode.session.LoginRequest;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Handles the form of each page, by the step that is due. */
@Component
public class StepForms {
    private final FirstFactor firstFactor;
    private final SecondFactorSteps secondFactor;
    private final EnrollSteps enrolling;
    private final CodeSteps codes;
    private final Completion completion;
    private final FactorPolicy policy;
    private final Clock clock;

    StepForms(
            FirstFactor firstFactor,
            SecondFactorSteps secondFactor,
            EnrollSteps enrolling,
            CodeSteps codes,
            Completion completion,
            FactorPolicy policy,
            Clock clock) {
        this.firstFactor = firstFactor;
        this.secondFactor = secondFactor;
        this.enrolling = enrolling;
        this.codes = codes;
        this.completion = completion;
        this.policy = policy;
        this.clock = clock;
    }

    /** The user is known from elsewhere, and nothing has been asked yet. */
    public StepResult begin(PageRequest turn) {
        return turn.login().loginRequest().kind() == LoginRequest.Kind.TICKET
                ? enrolling.begin(turn, false)
                : secondFactor.begin(turn);
    }

    public StepResult handle(PageRequest turn, @Nullable Step step, boolean signUp) {
        if (step == null) return signUp ? firstFactor.signUp(turn) : firstFactor.logIn(turn);
        if (isOvertaken(turn, step)) return begin(turn);
        var pressed = turn.typed("action");
        var plain = pressed.isEmpty() || pressed.equals("default");
        return switch (step) {
            case Step.ChooseEnrollment at ->
                enrolling
                        .choose(turn, at)
                        .orElseGet(() -> completion.finish(turn, turn.login().amr(), false));
            case Step.EnrollPhone at -> enrolling.phone(turn, at);
            case Step.EnrollApp at ->
                plain ? codes.newApp(turn, at) : next(turn, new Step.ChooseEnrollment(at.proved()));
            case Step.ChooseFactor _ -> secondFactor.chooseFactor(turn);
            case Step.ChooseChannel at -> secondFactor.chooseChannel(turn, at);
            case Step.ChoosePhone _ -> secondFactor.choosePhone(turn);
            case Step.AwaitCode at -> awaitCode(turn, at, plain, pressed);
            case Step.AwaitAppCode at -> plain ? codes.app(turn, at) : next(turn, new Step.ChooseFactor());
            case Step.AwaitRecoveryCode at ->
                plain ? codes.recoveryCode(turn, at) : next(turn, new Step.ChooseFactor());
            case Step.ShowRecoveryCode at -> recoveryCodeSeen(turn, at);
            case Step.LockedOut(var until) ->
                pressed.equals("pick-authenticator")
                                || (until != null && clock.instant().isAfter(until))
                        ? next(turn, new Step.ChooseFactor())
                        : next(turn, step);
        };
    }

    private StepResult awaitCode(PageRequest turn, Step.AwaitCode step, boolean plain, String pressed) {
        if (plain) return codes.phone(turn, step);
        var sends = pressed.equals("resend-code");
        var left = java.time.Duration.between(clock.instant(), step.sentAt().plus(SecondFactorSteps.COOL_DOWN));
        if (sends && left.isPositive())
            return StepResult.Again.with(new Problem(
                    "", "resend-too-soon", Map.of("seconds", String.valueOf(Math.max(1, left.toSeconds())))));
        return step.enrolling() ? enrolling.otherThanCode(turn, step) : secondFactor.otherThanCode(turn, step);
    }

    private StepResult recoveryCodeSeen(PageRequest turn, Step.ShowRecoveryCode step) {
        if (!turn.typed("saved").equals("on")) return StepResult.Again.with(Problem.of("saved", "no-confirmation"));
        if (step.enroll()) {
            var advice = enrolling.begin(turn, true);
            if (advice instanceof StepResult.Next) return advice;
        }
        return completion.finish(turn, turn.login().amr(), false);
    }

    /**
     * Who has an authenticator by now does not bind the first one any more: that would be a way round it. What a code
     * binds is judged once more where it does; this spares the person the way until there.
     */
    private boolean isOvertaken(PageRequest turn, Step step) {
        var first = switch (step) {
            case Step.ChooseEnrollment(var proved) -> !proved;
            case Step.EnrollPhone(var _, var proved) -> !proved;
            case Step.EnrollApp(var _, var _, var _, var proved) -> !proved;
            case Step.AwaitCode at -> at.enrolling() && !at.proved();
            default -> false;
        };
        return first
                && turn.login().loginRequest().kind() != LoginRequest.Kind.TICKET
                && policy.of(turn).enrolled();
    }

    private static StepResult next(PageRequest turn, Step step) {
        return new StepResult.Next(turn.login(), step);
    }
}
