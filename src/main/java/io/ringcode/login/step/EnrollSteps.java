package io.ringcode.login.step;

import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.Started;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.login.page.Screen.Trouble;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Binding an authenticator: the first one, one after a recovery, or one by an administrator's link. */
@Component
class EnrollSteps {
    private final FactorPolicy policy;
    private final Challenges challenges;
    private final Authenticators authenticators;
    private final RecoveryCodes recoveryCodes;
    private final Clock clock;
    private final TransactionTemplate transactions;

    EnrollSteps(
            FactorPolicy policy,
            Challenges challenges,
            Authenticators authenticators,
            RecoveryCodes recoveryCodes,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.policy = policy;
        this.challenges = challenges;
        this.authenticators = authenticators;
        this.recoveryCodes = recoveryCodes;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** @param proved whether the second factor is done, so that this is advice */
    StepResult begin(PageRequest turn, boolean proved) {
        var offered = offered(turn);
        if (offered.isEmpty()) return new StepResult.NoFactor(Trouble.NO_FACTOR);
        if (proved || offered.size() > 1) return new StepResult.Next(turn.login(), new Step.ChooseEnrollment(proved));
        return chosen(turn, offered.getFirst(), false);
    }

    /** What the tenant offers, and the ticket allows. */
    List<Factor> offered(PageRequest turn) {
        var offered = policy.offered(turn.tenant());
        var only = TicketLogin.factor(turn.login());
        if (only == null) return offered;
        return offered.stream()
                .filter(factor -> only.equals("otp") == (factor == Factor.OTP))
                .toList();
    }

    private StepResult chosen(PageRequest turn, Factor factor, boolean proved) {
        return switch (factor) {
            case PHONE -> new StepResult.Next(turn.login(), new Step.EnrollPhone(null, proved));
            case SMS -> new StepResult.Next(turn.login(), new Step.EnrollPhone(Channel.SMS, proved));
            case VOICE -> new StepResult.Next(turn.login(), new Step.EnrollPhone(Channel.VOICE, proved));
            case OTP -> app(turn, proved);
            case RECOVERY_CODE -> throw new IllegalArgumentException("A recovery code is not bound by itself");
        };
    }

    /** @return empty when the advice to bind something is not taken */
    Optional<StepResult> choose(PageRequest turn, Step.ChooseEnrollment step) {
        var action = turn.typed("action");
        if (step.proved() && action.equals("skip")) return Optional.empty();
        return Optional.of(offered(turn).stream()
                .filter(factor -> factor.wire().equals(action))
                .findFirst()
                .map(factor -> chosen(turn, factor, step.proved()))
                .orElseGet(() -> StepResult.Again.with(Problem.of("", "no-channel"))));
    }

    List<Channel> channels(PageRequest turn, Step.EnrollPhone step) {
        var one = step.channel();
        return one != null ? List.of(one) : policy.factors(turn.tenant()).channels(Channel.SMS);
    }

    /** The number, and how to send its first code. */
    StepResult phone(PageRequest turn, Step.EnrollPhone step) {
        if (turn.typed("action").equals("pick-authenticator"))
            return new StepResult.Next(turn.login(), new Step.ChooseEnrollment(step.proved()));
        var channels = channels(turn, step);
        var channel = Channel.of(turn.typed("type")).orElse(channels.getFirst());
        if (!channels.contains(channel)) return StepResult.Again.with(Problem.of("", "no-channel"));
        var typed = turn.typed("phone");
        if (typed.isEmpty()) return StepResult.Again.with(Problem.of("phone", "no-phone"));
        var country = turn.typed("country");
        var number = number(typed, country.matches("[A-Z]{2}") ? country : null);
        if (number.isEmpty())
            return StepResult.Again.with(Problem.of(
                    "phone", typed.matches("[-+0-9 ()./\\u00a0]+") ? "invalid-phone" : "invalid-phone-format"));
        return send(turn, number.get(), channel, step.proved());
    }

    private static Optional<PhoneNumber> number(String typed, @Nullable String region) {
        try {
            return Optional.of(PhoneNumber.typed(typed, region));
        } catch (InvalidPhoneNumber impossible) {
            return Optional.empty();
        }
    }

    private StepResult send(PageRequest turn, PhoneNumber number, Channel channel, boolean proved) {
        var started = enroll(turn, number, channel);
        if (!(started instanceof CodeSent(var oobCode, var recoveryCode)))
            return StepResult.Again.with(SendProblems.problem(started, channel));
        var id = pending(turn, number);
        if (id.isEmpty()) throw new LoginGone();
        return new StepResult.Next(
                turn.login(),
                new Step.AwaitCode(
                        id.get(),
                        number.masked(),
                        channel,
                        oobCode.value(),
                        true,
                        clock.instant(),
                        recoveryCode,
                        proved));
    }

    private Started enroll(PageRequest turn, PhoneNumber number, Channel channel) {
        var withRecoveryCode = policy.of(turn).recoveryCodeDue();
        return challenges.enroll(turn.transaction(), number, channel, withRecoveryCode, turn.wording());
    }

    private Optional<String> pending(PageRequest turn, PhoneNumber number) {
        return policy.of(turn).authenticators().stream()
                .filter(one -> one instanceof Authenticator.Phone phone
                        && !phone.confirmed()
                        && phone.number().equals(number))
                .map(one -> one.id().value())
                .findFirst();
    }

    /** The page of the code that binds a phone, but for the code. */
    StepResult otherThanCode(PageRequest turn, Step.AwaitCode step) {
        var action = turn.typed("action");
        if (action.equals("pick-authenticator"))
            return new StepResult.Next(turn.login(), new Step.ChooseEnrollment(step.proved()));
        var number = policy.of(turn).authenticators().stream()
                .filter(one -> one.id().value().equals(step.enrollment()))
                .filter(Authenticator.Phone.class::isInstance)
                .map(one -> ((Authenticator.Phone) one).number())
                .findFirst();
        if (action.equals("edit") || action.equals("pick-phone") || number.isEmpty())
            return new StepResult.Next(turn.login(), new Step.EnrollPhone(null, step.proved()));
        var wanted = switch (action) {
            case "switch-to-voice" -> Channel.VOICE;
            case "switch-to-sms" -> Channel.SMS;
            default -> step.channel();
        };
        if (!policy.factors(turn.tenant()).channels(wanted).contains(wanted))
            return StepResult.Again.with(Problem.of("", "no-channel"));
        return send(turn, number.get(), wanted, step.proved());
    }

    private StepResult app(PageRequest turn, boolean proved) {
        var now = clock.instant();
        var login = turn.transaction();
        return Objects.requireNonNull(transactions.execute(_ -> {
            var withRecoveryCode = policy.of(turn).recoveryCodeDue();
            var app = authenticators.bindApp(turn.caller(), turn.user(), login.id(), now);
            var recoveryCode =
                    withRecoveryCode ? recoveryCodes.begin(turn.tenant(), turn.user(), login.id(), now) : null;
            return new StepResult.Next(
                    turn.login(), new Step.EnrollApp(app.id().value(), app.seed(), recoveryCode, proved));
        }));
    }
}
