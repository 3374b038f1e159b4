package io.ringcode.login.step;

import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.factor.Authenticator;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.text.Typed;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Binding a phone: its number, and the code that confirms it. */
@Component
class PhoneEnrollment {
    private final FactorPolicy policy;
    private final Challenges challenges;
    private final Clock clock;

    PhoneEnrollment(FactorPolicy policy, Challenges challenges, Clock clock) {
        this.policy = policy;
        this.challenges = challenges;
        this.clock = clock;
    }

    /** The number, and how to send its first code. */
    StepResult number(PageRequest turn, Step.EnrollPhone step) {
        if (turn.typed("action").equals("pick-authenticator"))
            return new StepResult.Next(turn.login(), new Step.ChooseEnrollment(step.proved()));
        List<Channel> channels = policy.channels(turn, step);
        if (channels.isEmpty()) return new StepResult.Restart();
        var channel = Channel.of(turn.typed("type")).orElse(channels.getFirst());
        if (!channels.contains(channel)) return StepResult.Again.with(Problem.of("", "no-channel"));
        var typed = turn.typed("phone");
        if (typed.isEmpty()) return StepResult.Again.with(Problem.of("phone", "no-phone"));
        var country = turn.typed("country");
        PhoneNumber number;
        try {
            number = PhoneNumber.typed(typed, country.matches("[A-Z]{2}") ? country : null);
        } catch (InvalidPhoneNumber impossible) {
            return StepResult.Again.with(Problem.of("phone", problem(impossible, typed)));
        }
        return send(turn, number, channel, step.proved());
    }

    private static String problem(InvalidPhoneNumber number, String typed) {
        return switch (number.reason()) {
            case EXTENSION -> "phone-extension";
            case IMPOSSIBLE -> new Typed(typed).number().matches("[+0-9]+") ? "invalid-phone" : "invalid-phone-format";
        };
    }

    /** The page of the code, but for the code. */
    StepResult otherThanCode(PageRequest turn, Step.AwaitCode step) {
        var action = turn.typed("action");
        if (action.equals("pick-authenticator"))
            return new StepResult.Next(turn.login(), new Step.ChooseEnrollment(step.proved()));
        var phone = phone(turn, one -> one.id().value().equals(step.enrollment()));
        if (action.equals("edit") || action.equals("pick-phone") || phone.isEmpty())
            return new StepResult.Next(turn.login(), new Step.EnrollPhone(null, step.proved()));
        var wanted = Screen.CodeChallenge.wanted(action, step.channel());
        if (!policy.factors(turn.tenant()).channels(wanted).contains(wanted))
            return StepResult.Again.with(Problem.of("", "no-channel"));
        return send(turn, phone.get().number(), wanted, step.proved());
    }

    private StepResult send(PageRequest turn, PhoneNumber number, Channel channel, boolean proved) {
        var withRecoveryCode = policy.of(turn).recoveryCodeDue();
        var started = challenges.enroll(turn.transaction(), number, channel, withRecoveryCode, turn.wording());
        if (!(started instanceof CodeSent(var oobCode, var recoveryCode)))
            return StepResult.Again.with(SendProblems.problem(started, channel));
        var phone = phone(turn, one -> !one.confirmed() && one.number().equals(number));
        if (phone.isEmpty()) throw new LoginGone();
        return new StepResult.Next(
                turn.login(),
                new Step.AwaitCode(
                        phone.get().id().value(),
                        number.masked(),
                        channel,
                        oobCode.value(),
                        true,
                        clock.instant(),
                        recoveryCode,
                        proved));
    }

    private Optional<Authenticator.Phone> phone(PageRequest turn, Predicate<Authenticator.Phone> wanted) {
        return policy.of(turn).authenticators().stream()
                .filter(Authenticator.Phone.class::isInstance)
                .map(Authenticator.Phone.class::cast)
                .filter(wanted)
                .findFirst();
    }
}
