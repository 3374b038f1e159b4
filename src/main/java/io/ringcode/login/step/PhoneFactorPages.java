package io.ringcode.login.step;

import io.ringcode.action.NumberVerdict.Instead;
import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.PhoneSettings;
import io.ringcode.challenge.Proof;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Started.NotAdmitted;
import io.ringcode.challenge.Started.NumberRefused;
import io.ringcode.challenge.Started.ProofWanted;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.FactorKind;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.SendRequest;
import io.ringcode.login.page.PhoneScreen;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The pages of phones: which phone, which channel, and the code; binding one is {@link PhoneEnrollment}'s. */
@Component
class PhoneFactorPages implements FactorPages<Step.OfPhone> {
    private final FactorPolicy policy;
    private final PhoneEnrollment enrollment;
    private final PhoneScreens screens;
    private final CodeSteps codes;
    private final PasskeySteps passkeys;
    private final WebAuthnFactorPages webAuthn;
    private final PersonProofs proofs;
    private final Challenges challenges;
    private final Tenants tenants;
    private final Clock clock;

    PhoneFactorPages(
            FactorPolicy policy,
            PhoneEnrollment enrollment,
            PhoneScreens screens,
            CodeSteps codes,
            PasskeySteps passkeys,
            WebAuthnFactorPages webAuthn,
            PersonProofs proofs,
            Challenges challenges,
            Tenants tenants,
            Clock clock) {
        this.policy = policy;
        this.enrollment = enrollment;
        this.screens = screens;
        this.codes = codes;
        this.passkeys = passkeys;
        this.webAuthn = webAuthn;
        this.proofs = proofs;
        this.challenges = challenges;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public StepResult prove(PageRequest page) {
        return usual(page).map(phone -> prove(page, phone)).orElseGet(StepResult.Restart::new);
    }

    @Override
    public StepResult prove(PageRequest page, Factor way) {
        var channel = way.channel();
        if (channel == null) return prove(page);
        return usual(page).map(phone -> send(page, phone, channel)).orElseGet(StepResult.Restart::new);
    }

    @Override
    public StepResult back(PageRequest page) {
        return usual(page).map(phone -> chooseChannel(page, phone)).orElseGet(StepResult.Restart::new);
    }

    private Optional<Authenticator.Phone> usual(PageRequest page) {
        return policy.of(page).phones().stream().findFirst();
    }

    private StepResult prove(PageRequest page, Authenticator.Phone phone) {
        var channels = policy.channels(page, phone);
        return channels.size() > 1 ? chooseChannel(page, phone) : send(page, phone, channels.getFirst());
    }

    private static StepResult chooseChannel(PageRequest page, Authenticator.Phone phone) {
        return new StepResult.Next(
                page.login(), new Step.ChooseChannel(phone.id().value(), null));
    }

    @Override
    public StepResult bind(PageRequest page, Factor offered, boolean proved) {
        return new StepResult.Next(page.login(), new Step.EnrollPhone(offered.channel(), proved));
    }

    @Override
    public StepResult handle(PageRequest page, Step.OfPhone step) {
        return switch (step) {
            case Step.EnrollPhone at -> enrollment.number(page, at);
            case Step.ChooseChannel at -> channelChosen(page, at);
            case Step.ChoosePhone _ -> phoneChosen(page);
            case Step.ProvePerson at -> personProved(page, at);
            case Step.AwaitCode at
            when at.passkey() != null && WebAuthnFactorPages.isPicked(page) -> webAuthn.instead(page, at, at.passkey());
            case Step.AwaitCode at -> page.pressedNothingElse() ? code(page, at) : otherThanCode(page, at);
        };
    }

    @Override
    public Screen show(PageRequest page, Step.OfPhone step, List<Problem> problems) {
        return screens.of(page, step, problems);
    }

    /** The page of channels: SMS or call. */
    private StepResult channelChosen(PageRequest page, Step.ChooseChannel step) {
        var phone = phone(page, step.enrollment());
        if (phone.isEmpty()) return new StepResult.Restart();
        return switch (page.typed("action")) {
            case "pick-authenticator" -> new StepResult.Next(page.login(), new Step.ChooseFactor());
            case "pick-phone" -> new StepResult.Next(page.login(), new Step.ChoosePhone());
            default ->
                Channel.of(page.typed("type"))
                        .map(channel -> send(page, phone.get(), channel))
                        .orElseGet(() -> StepResult.Again.with(Problem.of("", "no-channel")));
        };
    }

    /** The list of phones. */
    private StepResult phoneChosen(PageRequest page) {
        var phones = policy.of(page).phones();
        var action = page.typed("action");
        if (action.startsWith("selection-action::")) {
            var index = action.substring("selection-action::".length());
            if (index.matches("[0-9]{1,3}") && Integer.parseInt(index) < phones.size())
                return prove(page, phones.get(Integer.parseInt(index)));
        }
        return back(page);
    }

    private StepResult code(PageRequest page, Step.AwaitCode step) {
        if (step.over() != null) return otherThanCode(page, step);
        var length = PhoneSettings.of(tenants.settings(page.tenant())).otpLength();
        var malformed = CodeSteps.malformed(page, "[0-9]{" + length + "}", "invalid-otp-code-format");
        return malformed != null
                ? malformed
                : codes.judge(page, step, step.recoveryCode(), new Proof.OutOfBand(step.oobCode(), page.typed("code")));
    }

    private StepResult otherThanCode(PageRequest page, Step.AwaitCode step) {
        if (step.enrolling()) return enrollment.otherThanCode(page, step);
        var phone = phone(page, step.enrollment());
        if (phone.isEmpty()) return new StepResult.Restart();
        return switch (page.typed("action")) {
            case "pick-phone" -> new StepResult.Next(page.login(), new Step.ChoosePhone());
            case "pick-authenticator" -> new StepResult.Next(page.login(), new Step.ChooseFactor());
            // Where no other code is sent, the one that was sent may still be typed.
            default ->
                send(
                        page,
                        phone.get(),
                        PhoneScreen.CodeChallenge.wanted(page.typed("action"), step.channel()),
                        SendRequest.Proof.POSSIBLE,
                        StepResult.Again::with);
        };
    }

    /** The page between a request for a code and its sending. */
    private StepResult personProved(PageRequest page, Step.ProvePerson step) {
        if (page.typed("action").equals("pick-authenticator"))
            return step.number() == null
                    ? new StepResult.Next(page.login(), new Step.ChooseFactor())
                    : new StepResult.Next(page.login(), new Step.ChooseEnrollment(step.proved()));
        if (!proofs.isGiven(page)) return StepResult.Again.with(Problem.of("", "proof-failed"));
        var number = step.number();
        if (number != null)
            return enrollment.send(
                    page,
                    PhoneNumber.stored(number),
                    step.channel(),
                    step.proved(),
                    SendRequest.Proof.PASSED,
                    step.formTime());
        var id = step.enrollment();
        var phone = id == null ? Optional.<Authenticator.Phone>empty() : phone(page, id);
        return phone.isEmpty()
                ? new StepResult.Restart()
                : send(page, phone.get(), step.channel(), SendRequest.Proof.PASSED);
    }

    private StepResult send(PageRequest page, Authenticator.Phone phone, Channel channel) {
        return send(page, phone, channel, SendRequest.Proof.POSSIBLE);
    }

    /** Sends a code, or says on the page of channels why not. */
    private StepResult send(PageRequest page, Authenticator.Phone phone, Channel channel, SendRequest.Proof proof) {
        return send(
                page,
                phone,
                channel,
                proof,
                problem -> new StepResult.Next(
                        page.login(), new Step.ChooseChannel(phone.id().value(), problem)));
    }

    /**
     * A channel may have been switched off since it was shown.
     *
     * @param unsent where it is said why no code was sent
     */
    private StepResult send(
            PageRequest page,
            Authenticator.Phone phone,
            Channel channel,
            SendRequest.Proof proof,
            Function<Problem, StepResult> unsent) {
        if (!policy.channels(page, phone).contains(channel)) return StepResult.Again.with(Problem.of("", "no-channel"));
        var started = challenges.start(page.transaction(), phone, channel, page.wording(), proof);
        if (started instanceof ProofWanted)
            return new StepResult.Next(
                    page.login(), new Step.ProvePerson(phone.id().value(), null, channel, false, null));
        if (started instanceof NotAdmitted(var _, var denied) && denied.rule() == Rule.PAUSE)
            return StepResult.Again.with(SendProblems.problem(started, channel));
        if (started instanceof NumberRefused(var _, var instead, var _)
                && instead == Instead.OTHER_FACTOR
                && policy.hasOthersThan(page, FactorKind.PHONE))
            return new StepResult.Next(page.login(), new Step.ChooseFactor(SendProblems.problem(started, channel)));
        if (!(started instanceof CodeSent(var oobCode, var _)))
            return unsent.apply(SendProblems.problem(started, channel));
        return new StepResult.Next(
                page.login(),
                new Step.AwaitCode(
                        phone.id().value(),
                        phone.number().masked(),
                        channel,
                        oobCode.value(),
                        false,
                        clock.instant(),
                        null,
                        false,
                        null,
                        passkeys.beside(page)));
    }

    private Optional<Authenticator.Phone> phone(PageRequest page, String id) {
        return policy.phone(page, new AuthenticatorId(id));
    }
}
