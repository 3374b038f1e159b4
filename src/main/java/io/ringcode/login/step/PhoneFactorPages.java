package io.ringcode.login.step;

import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.PhoneSettings;
import io.ringcode.challenge.Proof;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Started.NotAdmitted;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The pages of phones: which phone, which channel, and the code; binding one is {@link PhoneEnrollment}'s. */
@Component
class PhoneFactorPages implements FactorPages<Step.OfPhone> {
    private final FactorPolicy policy;
    private final PhoneEnrollment enrollment;
    private final PhoneScreens screens;
    private final CodeSteps codes;
    private final Challenges challenges;
    private final Tenants tenants;
    private final Clock clock;

    PhoneFactorPages(
            FactorPolicy policy,
            PhoneEnrollment enrollment,
            PhoneScreens screens,
            CodeSteps codes,
            Challenges challenges,
            Tenants tenants,
            Clock clock) {
        this.policy = policy;
        this.enrollment = enrollment;
        this.screens = screens;
        this.codes = codes;
        this.challenges = challenges;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public StepResult prove(PageRequest turn) {
        return usual(turn).map(phone -> prove(turn, phone)).orElseGet(StepResult.Restart::new);
    }

    @Override
    public StepResult prove(PageRequest turn, Factor way) {
        var channel = way.channel();
        if (channel == null) return prove(turn);
        return usual(turn).map(phone -> send(turn, phone, channel)).orElseGet(StepResult.Restart::new);
    }

    @Override
    public StepResult back(PageRequest turn) {
        return usual(turn).map(phone -> chooseChannel(turn, phone)).orElseGet(StepResult.Restart::new);
    }

    private Optional<Authenticator.Phone> usual(PageRequest turn) {
        return policy.of(turn).phones().stream().findFirst();
    }

    private StepResult prove(PageRequest turn, Authenticator.Phone phone) {
        var channels = policy.of(turn).channels(phone);
        return channels.size() > 1 ? chooseChannel(turn, phone) : send(turn, phone, channels.getFirst());
    }

    private static StepResult chooseChannel(PageRequest turn, Authenticator.Phone phone) {
        return new StepResult.Next(
                turn.login(), new Step.ChooseChannel(phone.id().value(), null));
    }

    @Override
    public StepResult bind(PageRequest turn, Factor offered, boolean proved) {
        return new StepResult.Next(turn.login(), new Step.EnrollPhone(offered.channel(), proved));
    }

    @Override
    public StepResult handle(PageRequest turn, Step.OfPhone step) {
        return switch (step) {
            case Step.EnrollPhone at -> enrollment.number(turn, at);
            case Step.ChooseChannel at -> channelChosen(turn, at);
            case Step.ChoosePhone _ -> phoneChosen(turn);
            case Step.AwaitCode at -> turn.pressedNothingElse() ? code(turn, at) : otherThanCode(turn, at);
        };
    }

    @Override
    public Screen show(PageRequest turn, Step.OfPhone step, List<Problem> problems) {
        return screens.of(turn, step, problems);
    }

    /** The page of channels: SMS or call. */
    private StepResult channelChosen(PageRequest turn, Step.ChooseChannel step) {
        var phone = phone(turn, step.enrollment());
        if (phone.isEmpty()) return new StepResult.Restart();
        return switch (turn.typed("action")) {
            case "pick-authenticator" -> new StepResult.Next(turn.login(), new Step.ChooseFactor());
            case "pick-phone" -> new StepResult.Next(turn.login(), new Step.ChoosePhone());
            default ->
                Channel.of(turn.typed("type"))
                        .map(channel -> send(turn, phone.get(), channel))
                        .orElseGet(() -> StepResult.Again.with(Problem.of("", "no-channel")));
        };
    }

    /** The list of phones. */
    private StepResult phoneChosen(PageRequest turn) {
        var phones = policy.of(turn).phones();
        var action = turn.typed("action");
        if (action.startsWith("selection-action::")) {
            var index = action.substring("selection-action::".length());
            if (index.matches("[0-9]{1,3}") && Integer.parseInt(index) < phones.size())
                return prove(turn, phones.get(Integer.parseInt(index)));
        }
        return back(turn);
    }

    private StepResult code(PageRequest turn, Step.AwaitCode step) {
        var length = PhoneSettings.of(tenants.settings(turn.tenant())).otpLength();
        var malformed = CodeSteps.malformed(turn, "[0-9]{" + length + "}", "invalid-otp-code-format");
        return malformed != null
                ? malformed
                : codes.judge(turn, step, step.recoveryCode(), new Proof.OutOfBand(step.oobCode(), turn.typed("code")));
    }

    private StepResult otherThanCode(PageRequest turn, Step.AwaitCode step) {
        if (step.enrolling()) return enrollment.otherThanCode(turn, step);
        var phone = phone(turn, step.enrollment());
        if (phone.isEmpty()) return new StepResult.Restart();
        return switch (turn.typed("action")) {
            case "pick-phone" -> new StepResult.Next(turn.login(), new Step.ChoosePhone());
            case "pick-authenticator" -> new StepResult.Next(turn.login(), new Step.ChooseFactor());
            default -> send(turn, phone.get(), Screen.CodeChallenge.wanted(turn.typed("action"), step.channel()));
        };
    }

    /** Sends a code, or says on the page of channels why not. A channel may have been switched off since it was shown. */
    private StepResult send(PageRequest turn, Authenticator.Phone phone, Channel channel) {
        if (!policy.of(turn).channels(phone).contains(channel))
            return StepResult.Again.with(Problem.of("", "no-channel"));
        var started = challenges.start(turn.transaction(), phone, channel, turn.wording());
        if (started instanceof NotAdmitted(var _, var denied) && denied.rule() == Rule.PAUSE)
            return StepResult.Again.with(SendProblems.problem(started, channel));
        if (!(started instanceof CodeSent(var oobCode, var _)))
            return new StepResult.Next(
                    turn.login(), new Step.ChooseChannel(phone.id().value(), SendProblems.problem(started, channel)));
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
    }

    private Optional<Authenticator.Phone> phone(PageRequest turn, String id) {
        return policy.phone(turn, new AuthenticatorId(id));
    }
}
