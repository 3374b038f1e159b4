package io.ringcode.login.step;

import io.ringcode.challenge.Proof;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.RecoveryCodeScreen;
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
    public StepResult prove(PageRequest page) {
        return new StepResult.Next(page.login(), new Step.AwaitRecoveryCode());
    }

    @Override
    public StepResult bind(PageRequest page, Factor offered, boolean proved) {
        throw new IllegalArgumentException("A recovery code is not bound by itself");
    }

    @Override
    public StepResult handle(PageRequest page, Step.OfRecoveryCode step) {
        return switch (step) {
            case Step.AwaitRecoveryCode at ->
                page.pressedNothingElse() ? code(page, at) : new StepResult.Next(page.login(), new Step.ChooseFactor());
            case Step.ShowRecoveryCode at -> seen(page, at);
        };
    }

    private StepResult code(PageRequest page, Step.AwaitRecoveryCode step) {
        var malformed = CodeSteps.malformed(page, CODE, "invalid-code-format");
        return malformed != null
                ? malformed
                : codes.judge(page, step, null, new Proof.RecoveryCode(page.typed("code")));
    }

    /** Who has just used the recovery code up is advised to bind another authenticator. */
    private StepResult seen(PageRequest page, Step.ShowRecoveryCode step) {
        if (!page.typed("saved").equals("on")) return StepResult.Again.with(Problem.of("saved", "no-confirmation"));
        return step.enroll() && !policy.offered(page).isEmpty()
                ? new StepResult.Next(page.login(), new Step.ChooseEnrollment(true))
                : completion.end(page);
    }

    @Override
    public Screen show(PageRequest page, Step.OfRecoveryCode step, List<Problem> problems) {
        return switch (step) {
            case Step.AwaitRecoveryCode() ->
                new RecoveryCodeScreen.RecoveryCodeChallenge(
                        policy.hasOthers(page), problems.isEmpty() ? whyAsked(page) : problems);
            case Step.ShowRecoveryCode(var code, var next, var _) ->
                new RecoveryCodeScreen.RecoveryCodeShown(code, next, problems);
        };
    }

    /** Who did not choose the recovery code is told why it is asked for. */
    private List<Problem> whyAsked(PageRequest page) {
        return policy.of(page).switchedOff() ? List.of(Problem.of("", "factor-off")) : List.of();
    }
}
