package io.ringcode.login.step;

import io.ringcode.action.FactorCommand;
import io.ringcode.action.PostLoginOutcome.Denied;
import io.ringcode.factor.FactorKind;
import io.ringcode.login.LoginEvent.SignInDenied;
import io.ringcode.login.page.Screen.Factor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The pages of a factor that an action has asked for by name ({@code api.authentication}). What the user has not, or the tenant has
 * switched off, is passed over; where nothing is left, the sign-in is refused.
 */
@Component
class CommandedFactors {
    private final FactorPolicy policy;
    private final FactorPagesByKind pages;
    private final Completion completion;
    private final ApplicationEventPublisher events;

    CommandedFactors(
            FactorPolicy policy, FactorPagesByKind pages, Completion completion, ApplicationEventPublisher events) {
        this.policy = policy;
        this.pages = pages;
        this.completion = completion;
        this.events = events;
    }

    /** @return empty where it is done already */
    Optional<StepResult> begin(PageRequest page, FactorCommand command) {
        return switch (command.kind()) {
            case CHALLENGE -> isPassed(page, command) ? Optional.empty() : Optional.of(challenge(page, command));
            case ENROLL -> isEnrolled(page, command) ? Optional.empty() : Optional.of(enroll(page, command));
        };
    }

    private static boolean isPassed(PageRequest page, FactorCommand command) {
        var passed = Objects.requireNonNull(page.login().decision()).actions().passed();
        return command.kinds().stream().anyMatch(passed::contains);
    }

    private StepResult challenge(PageRequest page, FactorCommand command) {
        return chosen(
                page,
                command,
                policy.ways(page),
                new Step.ChooseFactor(),
                kind -> pages.of(kind).prove(page),
                "No factor that an action asks for is switched on and bound by the user");
    }

    /** Whether the user has all that could be bound. */
    private boolean isEnrolled(PageRequest page, FactorCommand command) {
        var having = policy.of(page);
        var on = command.kinds().stream().filter(having.settings()::isOn).toList();
        return !on.isEmpty() && on.stream().allMatch(having::has);
    }

    private StepResult enroll(PageRequest page, FactorCommand command) {
        var offered = policy.offered(page);
        return chosen(
                page,
                command,
                offered,
                new Step.ChooseEnrollment(false),
                kind -> pages.of(kind).bind(page, first(offered, kind), false),
                "No factor that an action has bound is switched on, or a factor must be challenged first");
    }

    private static Factor first(List<Factor> offered, FactorKind kind) {
        return offered.stream()
                .filter(factor -> factor.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** @param why nothing is left, for the log */
    private StepResult chosen(
            PageRequest page,
            FactorCommand command,
            List<Factor> open,
            Step list,
            Function<FactorKind, StepResult> begin,
            String why) {
        if (open.isEmpty()) return refuse(page, why);
        if (command.choose() && open.size() > 1) return new StepResult.Next(page.login(), list);
        var kinds = command.kinds().stream()
                .filter(kind -> open.stream().anyMatch(factor -> factor.kind() == kind))
                .toList();
        // A device's own key is of no use on another device.
        var here = PasskeySteps.canRecognizeOwner(page);
        return begin.apply(kinds.stream()
                .filter(kind -> here || kind != FactorKind.WEBAUTHN_PLATFORM)
                .findFirst()
                .orElse(kinds.getFirst()));
    }

    private StepResult refuse(PageRequest page, String why) {
        events.publishEvent(new SignInDenied(page.caller(), page.user(), why));
        var decision = Objects.requireNonNull(page.login().decision());
        return completion.refuse(page.with(page.login().decided(decision.refused(Denied.FAILED))));
    }
}
