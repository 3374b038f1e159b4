package io.ringcode.login.step;

import io.ringcode.login.page.EndScreen.Trouble;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen.Factor;
import org.springframework.stereotype.Component;

/** Which authenticator to bind: the first one, one after a recovery, or one by an administrator's link. */
@Component
class EnrollSteps {
    private final FactorPolicy policy;
    private final FactorPagesByKind pages;
    private final Completion completion;

    EnrollSteps(FactorPolicy policy, FactorPagesByKind pages, Completion completion) {
        this.policy = policy;
        this.pages = pages;
        this.completion = completion;
    }

    StepResult begin(PageRequest page) {
        var offered = policy.offered(page);
        if (offered.isEmpty()) return new StepResult.NoFactor(Trouble.NO_FACTOR);
        return offered.size() > 1
                ? new StepResult.Next(page.login(), new Step.ChooseEnrollment(false))
                : bind(page, offered.getFirst(), false);
    }

    /** The list of what can be bound. Where that is advice, it need not be taken. */
    StepResult choose(PageRequest page, Step.ChooseEnrollment step) {
        var action = page.typed("action");
        if (step.proved() && action.equals("skip"))
            return completion.finish(page, page.login().amr(), false);
        return policy.offered(page).stream()
                .filter(factor -> factor.wire().equals(action))
                .findFirst()
                .map(factor -> bind(page, factor, step.proved()))
                .orElseGet(() -> StepResult.Again.with(Problem.of("", "no-channel")));
    }

    private StepResult bind(PageRequest page, Factor factor, boolean proved) {
        return pages.of(factor.kind()).bind(page, factor, proved);
    }
}
