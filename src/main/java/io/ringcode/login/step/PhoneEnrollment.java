package io.ringcode.login.step;

import io.ringcode.action.NumberVerdict.Instead;
import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Started.NumberRefused;
import io.ringcode.challenge.Started.ProofWanted;
import io.ringcode.factor.FactorKind;
import io.ringcode.fraud.NumberForm;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.login.page.PhoneScreen;
import io.ringcode.login.page.Problem;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.text.Typed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Binding a phone: its number, and the code that confirms it. */
@Component
class PhoneEnrollment {
    private final FactorPolicy policy;
    private final Challenges challenges;
    private final NumberForm form;
    private final Clock clock;

    PhoneEnrollment(FactorPolicy policy, Challenges challenges, NumberForm form, Clock clock) {
        this.policy = policy;
        this.challenges = challenges;
        this.form = form;
        this.clock = clock;
    }

    /** The number, and how to send its first code. */
    StepResult number(PageRequest page, Step.EnrollPhone step) {
        if (page.typed("action").equals("pick-authenticator"))
            return new StepResult.Next(page.login(), new Step.ChooseEnrollment(step.proved()));
        List<Channel> channels = policy.channels(page, step);
        if (channels.isEmpty()) return new StepResult.Restart();
        var channel = Channel.of(page.typed("type")).orElse(channels.getFirst());
        if (!channels.contains(channel)) return StepResult.Again.with(Problem.of("", "no-channel"));
        var typed = page.typed("phone");
        if (typed.isEmpty()) return StepResult.Again.with(Problem.of("phone", "no-phone"));
        var country = page.typed("country");
        PhoneNumber number;
        try {
            number = PhoneNumber.typed(typed, country.matches("[A-Z]{2}") ? country : null);
        } catch (InvalidPhoneNumber impossible) {
            return StepResult.Again.with(Problem.of("phone", problem(impossible, typed)));
        }
        var taken = form.taken(page.tenant(), page.login().id(), page.typed("shown"), clock.instant());
        return send(page, number, channel, step.proved(), Proof.POSSIBLE, taken);
    }

    private static String problem(InvalidPhoneNumber number, String typed) {
        return switch (number.reason()) {
            case EXTENSION -> "phone-extension";
            case IMPOSSIBLE -> new Typed(typed).number().matches("[+0-9]+") ? "invalid-phone" : "invalid-phone-format";
        };
    }

    /** The page of the code, but for the code. */
    StepResult otherThanCode(PageRequest page, Step.AwaitCode step) {
        var action = page.typed("action");
        if (action.equals("pick-authenticator"))
            return new StepResult.Next(page.login(), new Step.ChooseEnrollment(step.proved()));
        var phone = policy.pending(page, one -> one.id().value().equals(step.enrollment()));
        if (action.equals("edit") || action.equals("pick-phone") || phone.isEmpty())
            return new StepResult.Next(
                    page.login(),
                    new Step.EnrollPhone(
                            null,
                            step.proved(),
                            phone.map(one -> one.number().e164()).orElse(null),
                            null));
        var wanted = PhoneScreen.CodeChallenge.wanted(action, step.channel());
        if (!policy.channels(page, phone.get()).contains(wanted))
            return StepResult.Again.with(Problem.of("", "no-channel"));
        return send(page, phone.get().number(), wanted, step.proved(), Proof.POSSIBLE, null);
    }

    /**
     * @param proof whether who asks can show that he is no program, or has
     * @param formTime how long the page was shown on which the number was typed; null where it was not typed just now
     */
    StepResult send(
            PageRequest page,
            PhoneNumber number,
            Channel channel,
            boolean proved,
            Proof proof,
            @Nullable Duration formTime) {
        var started = challenges.enroll(page.transaction(), number, channel, page.wording(), proof, formTime);
        if (started instanceof ProofWanted)
            return new StepResult.Next(
                    page.login(), new Step.ProvePerson(null, number.e164(), channel, proved, formTime));
        if (started instanceof NumberRefused(var _, var instead, var _)
                && instead == Instead.OTHER_FACTOR
                && !MethodPages.isOpen(page.login())
                && policy.offered(page).stream().anyMatch(factor -> factor.kind() != FactorKind.PHONE))
            return new StepResult.Next(
                    page.login(), new Step.ChooseEnrollment(proved, SendProblems.problem(started, channel)));
        if (!(started instanceof CodeSent(var oobCode, var recoveryCode)))
            return proof == Proof.PASSED
                    ? new StepResult.Next(
                            page.login(),
                            new Step.EnrollPhone(null, proved, number.e164(), SendProblems.problem(started, channel)))
                    : StepResult.Again.with(SendProblems.problem(started, channel));
        var phone = policy.pending(page, one -> !one.confirmed() && one.number().equals(number));
        if (phone.isEmpty()) throw new LoginGone();
        return new StepResult.Next(
                page.login(),
                new Step.AwaitCode(
                        phone.get().id().value(),
                        number.masked(),
                        channel,
                        oobCode.value(),
                        true,
                        clock.instant(),
                        recoveryCode,
                        proved,
                        null,
                        null));
    }
}
