package io.ringcode.login.step;

import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.RememberSettings;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.UsableFactors.Due;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen.Trouble;
import io.ringcode.phone.Channel;
import io.ringcode.session.RememberedBrowsers;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From the first factor to the code that is awaited: which factor, which phone, which channel. */
@Component
class SecondFactorSteps {
    /** From one send to the next. */
    static final Duration COOL_DOWN = Duration.ofSeconds(30);

    private final FactorPolicy policy;
    private final EnrollSteps enrolling;
    private final Challenges challenges;
    private final RememberedBrowsers browsers;
    private final Completion completion;
    private final Tenants tenants;
    private final Clock clock;

    SecondFactorSteps(
            FactorPolicy policy,
            EnrollSteps enrolling,
            Challenges challenges,
            RememberedBrowsers browsers,
            Completion completion,
            Tenants tenants,
            Clock clock) {
        this.policy = policy;
        this.enrolling = enrolling;
        this.challenges = challenges;
        this.browsers = browsers;
        this.completion = completion;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** The user is known: what comes next. */
    StepResult begin(PageRequest turn) {
        var login = turn.login();
        if (!policy.demands(turn.tenant(), turn.user(), login.amr(), login.loginRequest()))
            return completion.finish(turn, login.amr(), false);
        if (!FactorPolicy.insists(login.loginRequest()) && isRemembered(turn))
            return completion.finish(turn, login.amr().remembered(), false);
        return due(turn, usable -> challenge(turn, usable));
    }

    /** @param prove leads to the factor that the user would use */
    private StepResult due(PageRequest turn, Function<Authenticator, StepResult> prove) {
        return switch (policy.of(turn).due()) {
            case Due.Prove(var usable) -> prove.apply(usable.getFirst());
            case Due.SwitchedOff() -> new StepResult.NoFactor(Trouble.FACTOR_OFF);
            case Due.Enroll _, Due.NothingOffered _ -> enrolling.begin(turn, false);
        };
    }

    private boolean isRemembered(PageRequest turn) {
        var settings = RememberSettings.of(tenants.settings(turn.tenant()));
        var idle = Duration.ofSeconds(settings.mfaSessionInactivityTimeout());
        return browsers.knows(turn.tenant(), turn.remembered(), turn.user(), idle);
    }

    private StepResult challenge(PageRequest turn, Authenticator authenticator) {
        return switch (authenticator) {
            case Authenticator.Phone phone -> {
                var channels = channels(turn, phone);
                yield channels.size() > 1
                        ? new StepResult.Next(
                                turn.login(), new Step.ChooseChannel(phone.id().value(), null))
                        : send(turn, phone, channels.getFirst());
            }
            case Authenticator.App _ -> new StepResult.Next(turn.login(), new Step.AwaitAppCode());
            case Authenticator.RecoveryCode _ -> new StepResult.Next(turn.login(), new Step.AwaitRecoveryCode());
        };
    }

    /** The channels that reach a phone, the one it was enrolled with first. */
    List<Channel> channels(PageRequest turn, Authenticator.Phone phone) {
        return policy.factors(turn.tenant()).channels(phone.channel());
    }

    /** Sends a code, or says on the page of channels why not. */
    StepResult send(PageRequest turn, Authenticator.Phone phone, Channel channel) {
        var started = challenges.start(turn.transaction(), phone, channel, turn.wording());
        if (started instanceof CodeSent(var oobCode, var _))
            return new StepResult.Next(
                    turn.login(),
                    new Step.AwaitCode(
                            phone.id().value(),
                            phone.number().masked(),
                            channel,
                            oobCode.value(),
                            false,
                            clock.instant(),
                            null,
                            false));
        return new StepResult.Next(
                turn.login(), new Step.ChooseChannel(phone.id().value(), SendProblems.problem(started, channel)));
    }

    /** The page of channels: SMS or call. */
    StepResult chooseChannel(PageRequest turn, Step.ChooseChannel step) {
        var phone = phone(turn, step.enrollment());
        if (phone.isEmpty()) return begin(turn);
        var channel = Channel.of(turn.typed("type")).filter(channels(turn, phone.get())::contains);
        return switch (turn.typed("action")) {
            case "pick-authenticator" -> new StepResult.Next(turn.login(), new Step.ChooseFactor());
            case "pick-phone" -> new StepResult.Next(turn.login(), new Step.ChoosePhone());
            default ->
                channel.isEmpty()
                        ? StepResult.Again.with(Problem.of("", "no-channel"))
                        : send(turn, phone.get(), channel.get());
        };
    }

    /** The list of factors. */
    StepResult chooseFactor(PageRequest turn) {
        var action = turn.typed("action");
        for (var authenticator : policy.of(turn).usable()) {
            switch (authenticator) {
                case Authenticator.Phone phone -> {
                    var channel = Channel.of(action);
                    if (channel.isPresent() && channels(turn, phone).contains(channel.get()))
                        return send(turn, phone, channel.get());
                }
                case Authenticator.App _ -> {
                    if (action.equals("otp")) return new StepResult.Next(turn.login(), new Step.AwaitAppCode());
                }
                case Authenticator.RecoveryCode _ -> {
                    if (action.equals("recovery-code"))
                        return new StepResult.Next(turn.login(), new Step.AwaitRecoveryCode());
                }
            }
        }
        return due(turn, usable -> waiting(turn, usable));
    }

    /** Back to the usual factor, without sending anything by that alone. */
    private StepResult waiting(PageRequest turn, Authenticator authenticator) {
        return authenticator instanceof Authenticator.Phone phone
                ? new StepResult.Next(
                        turn.login(), new Step.ChooseChannel(phone.id().value(), null))
                : challenge(turn, authenticator);
    }

    /** The list of phones. */
    StepResult choosePhone(PageRequest turn) {
        var phones = phones(turn);
        var action = turn.typed("action");
        if (action.startsWith("selection-action::")) {
            var index = action.substring("selection-action::".length());
            if (index.matches("[0-9]{1,3}") && Integer.parseInt(index) < phones.size())
                return challenge(turn, phones.get(Integer.parseInt(index)));
        }
        return phones.isEmpty() ? begin(turn) : waiting(turn, phones.getFirst());
    }

    /** The page of the code, but for the code. */
    StepResult otherThanCode(PageRequest turn, Step.AwaitCode step) {
        var phone = phone(turn, step.enrollment());
        if (phone.isEmpty()) return begin(turn);
        return switch (turn.typed("action")) {
            case "switch-to-voice" -> send(turn, phone.get(), Channel.VOICE);
            case "switch-to-sms" -> send(turn, phone.get(), Channel.SMS);
            case "pick-phone" -> new StepResult.Next(turn.login(), new Step.ChoosePhone());
            case "pick-authenticator" -> new StepResult.Next(turn.login(), new Step.ChooseFactor());
            default -> send(turn, phone.get(), step.channel());
        };
    }

    List<Authenticator.Phone> phones(PageRequest turn) {
        return policy.of(turn).phones();
    }

    Optional<Authenticator.Phone> phone(PageRequest turn, @Nullable String id) {
        return phones(turn).stream()
                .filter(phone -> phone.id().equals(new AuthenticatorId(id == null ? "" : id)))
                .findFirst();
    }
}
