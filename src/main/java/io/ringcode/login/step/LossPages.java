package io.ringcode.login.step;

import io.ringcode.factor.Authenticator;
import io.ringcode.factor.FactorKind;
import io.ringcode.login.page.LossScreen;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The pages on which somebody who has passed the first factor reports a lost phone (NIST SP 800-63B-4 section 4.3). */
@Component
class LossPages {
    /** What the pages of second factors post for it. */
    static final String REPORT = "lost-phone";

    private final FactorPolicy policy;
    private final FactorPagesByKind pages;
    private final LossReports reports;

    LossPages(FactorPolicy policy, FactorPagesByKind pages, LossReports reports) {
        this.policy = policy;
        this.pages = pages;
        this.reports = reports;
    }

    /** Whether the button was pressed on a page that has it. */
    boolean isAsked(PageRequest page, Step step) {
        return page.typed("action").equals(REPORT)
                && !(step instanceof Step.OfLoss)
                && !step.bindsFirst()
                && !page.login().pastSecondFactor()
                && !phones(page).isEmpty();
    }

    StepResult handle(PageRequest page, Step.OfLoss step) {
        var action = page.typed("action");
        if (step instanceof Step.LossTold || action.equals("back-action")) return ways(page);
        if (action.equals("tell-administrator")) {
            reports.tell(page);
            return new StepResult.Next(page.login(), new Step.LossTold());
        }
        var phones = phones(page);
        if (phones.isEmpty()) return new StepResult.Restart();
        var lost = chosen(page, phones);
        if (lost == null) return StepResult.Again.with(Problem.of("", "no-channel"));
        return others(page).stream()
                .filter(way -> way.wire().equals(action))
                .findFirst()
                .map(way -> pages.of(way.kind()).prove(page.with(page.login().losing(lost.id())), way))
                .orElseGet(() -> StepResult.Again.with(Problem.of("", "no-channel")));
    }

    private static StepResult ways(PageRequest page) {
        return new StepResult.Next(page.login(), new Step.ChooseFactor());
    }

    private static Authenticator.@Nullable Phone chosen(PageRequest page, List<Authenticator.Phone> phones) {
        var id = page.typed("phone");
        return phones.stream()
                .filter(phone -> phone.id().value().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** All that are bound, also what was locked or will not do: each may be lost. */
    private List<Authenticator.Phone> phones(PageRequest page) {
        return policy.of(page).authenticators().stream()
                .filter(Authenticator::confirmed)
                .filter(Authenticator.Phone.class::isInstance)
                .map(Authenticator.Phone.class::cast)
                .toList();
    }

    private List<Factor> others(PageRequest page) {
        return policy.ways(page).stream()
                .filter(way -> way.kind() != FactorKind.PHONE)
                .toList();
    }

    Screen show(PageRequest page, Step.OfLoss step, List<Problem> problems) {
        return switch (step) {
            case Step.LostPhone _ ->
                new LossScreen.LostPhone(
                        phones(page).stream()
                                .map(phone -> new LossScreen.BoundPhone(
                                        phone.id().value(), phone.number().masked()))
                                .toList(),
                        others(page),
                        problems);
            case Step.LossTold _ -> new LossScreen.LossTold();
        };
    }
}
