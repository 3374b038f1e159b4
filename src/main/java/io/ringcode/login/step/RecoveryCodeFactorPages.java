package io.ringcode.login.step;

import io.ringcode.challenge.Proof;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import java.util.List;
import org.springframework.stereotype.Component;

/** The pages of recovery codes. */
@Component
class RecoveryCodeFactorPages implements FactorPages<Step.OfRecoveryCode> {
    private static final String CODE = "[A-Za-z0-9]{24}";

    private final FactorPolicy policy;
    private final CodeSteps codes;
    private final Completion completion;

    RecoveryCodeFactorPages(FactorPolicy policy, CodeSteps codes, Completion completion) {
        this.policy = policy;
        this.codes = codes;
        this.completion = completion;
    }

    @Override
    public StepResult prove(PageRequest turn) {
        return new StepResult.Next(turn.login(), new Step.AwaitRecoveryCode());
    }

    @Override
    public StepResult prove(PageRequest turn, Factor way) {
        return prove(turn);
    }

    @Override
    public StepResult back(PageRequest turn) {
        return prove(turn);
    }

    @Override
    public StepResult bind(PageRequest turn, Factor offered, boolean proved) {
        throw new IllegalArgumentException("A recovery code is not bound by itself");
    }

    @Override
    public StepResult handle(PageRequest turn, Step.OfRecoveryCode step) {
        return switch (step) {
            case Step.AwaitRecoveryCode at ->
                turn.pressedNothingElse() ? code(turn, at) : new StepResult.Next(turn.login(), new Step.ChooseFactor());
            case Step.ShowRecoveryCode at -> seen(turn, at);
        };
    }

    private StepResult code(PageRequest turn, Step.AwaitRecoveryCode step) {
        var malformed = CodeSteps.malformed(turn, CODE, "invalid-code-format");
        return malformed != null
                ? malformed
                : codes.judge(turn, step, null, new Proof.RecoveryCode(turn.typed("code")));
    }

    /** Who has just used the recovery code up is advised to bind another authenticator. */
    private StepResult seen(PageRequest turn, Step.ShowRecoveryCode step) {
        if (!turn.typed("saved").equals("on")) return StepResult.Again.with(Problem.of("saved", "no-confirmation"));
        return step.enroll() && !policy.offered(turn).isEmpty()
                ? new StepResult.Next(turn.login(), new Step.ChooseEnrollment(true))
                : completion.finish(turn, turn.login().amr(), false);
    }

    @Override
    public Screen show(PageRequest turn, Step.OfRecoveryCode step, List<Problem> problems) {
        return switch (step) {
            case Step.AwaitRecoveryCode() ->
                new Screen.RecoveryCodeChallenge(
                        policy.hasOthers(turn), problems.isEmpty() ? whyAsked(turn) : problems);
            case Step.ShowRecoveryCode(var code, var next, var _) -> new Screen.RecoveryCodeShown(code, next, problems);
        };
    }

    /** Who did not choose the recovery code is told why it is asked for. */
    private List<Problem> whyAsked(PageRequest turn) {
        return policy.of(turn).switchedOff() ? List.of(Problem.of("", "factor-off")) : List.of();
    }
}
