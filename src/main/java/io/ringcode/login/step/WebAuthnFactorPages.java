package io.ringcode.login.step;

import io.ringcode.challenge.ChallengeEvent.Ceremony;
import io.ringcode.challenge.ChallengeEvent.CeremonyFailed;
import io.ringcode.challenge.Proof;
import io.ringcode.challenge.WebAuthnCeremony;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.PasskeyOffers.Answer;
import io.ringcode.factor.WebAuthnCredentials;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.login.page.WebAuthnScreen;
import io.ringcode.login.page.WebAuthnScreen.Leave;
import io.ringcode.tenant.Tenants;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The pages of security keys and of devices that recognize their owner (WebAuthn). */
@Component
class WebAuthnFactorPages {
    private static final Pattern ERROR = Pattern.compile("\"name\":\"([A-Za-z]{1,40})\"");

    /** What the pages' script says where the browser knows nothing of WebAuthn. */
    private static final String UNKNOWN = "NotAvailable";

    /** What the pages' script posts with a passkey that the browser offered beside a code. */
    private static final String PASSKEY = "passkey";

    private final FactorPolicy policy;
    private final PasskeySteps passkeys;
    private final WebAuthnOptions options;
    private final CodeSteps codes;
    private final Completion completion;
    private final WebAuthnCredentials credentials;
    private final Tenants tenants;
    private final ApplicationEventPublisher events;

    WebAuthnFactorPages(
            FactorPolicy policy,
            PasskeySteps passkeys,
            WebAuthnOptions options,
            CodeSteps codes,
            Completion completion,
            WebAuthnCredentials credentials,
            Tenants tenants,
            ApplicationEventPublisher events) {
        this.policy = policy;
        this.passkeys = passkeys;
        this.options = options;
        this.codes = codes;
        this.completion = completion;
        this.credentials = credentials;
        this.tenants = tenants;
        this.events = events;
    }

    /** The same pages for a key and for a device. */
    FactorPages<Step.OfWebAuthn> of(FactorKind kind) {
        return new FactorPages<>() {
            @Override
            public StepResult prove(PageRequest page) {
                return new StepResult.Next(page.login(), passkeys.prove(page, kind));
            }

            @Override
            public StepResult prove(PageRequest page, Factor way) {
                return prove(page);
            }

            @Override
            public StepResult back(PageRequest page) {
                return prove(page);
            }

            @Override
            public StepResult bind(PageRequest page, Factor offered, boolean proved) {
                return new StepResult.Next(page.login(), passkeys.bind(page, kind, proved, null));
            }

            @Override
            public StepResult handle(PageRequest page, Step.OfWebAuthn step) {
                return WebAuthnFactorPages.this.handle(page, step);
            }

            @Override
            public Screen show(PageRequest page, Step.OfWebAuthn step, List<Problem> problems) {
                return WebAuthnFactorPages.this.show(page, step, problems);
            }
        };
    }

    StepResult handle(PageRequest page, Step.OfWebAuthn step) {
        return switch (step) {
            case Step.Ceremony at ->
                page.typed("action").startsWith("showError::") ? failed(page, at) : answer(page, at);
            case Step.KeyFailed(var at, var error) ->
                page.typed("action").equals("tryagain") && error != null
                        ? next(page, passkeys.afresh(at, null))
                        : otherwise(page, at);
            case Step.NameKey at -> named(page, at);
        };
    }

    private StepResult answer(PageRequest page, Step.Ceremony at) {
        if (!page.pressedNothingElse()) return otherwise(page, at);
        return switch (at) {
            case Step.EnrollKey key -> {
                var id = new AuthenticatorId(key.enrollment());
                var proof = new Proof.NewKey(ceremony(page, at), id, page.proved(), page.typed("response"));
                yield codes.once(page, at, key.recoveryCode(), proof, () -> again(page, at));
            }
            case Step.AwaitKey _ -> {
                var proof = new Proof.KeySignature(ceremony(page, at), page.typed("response"));
                yield codes.once(page, at, null, proof, () -> again(page, at));
            }
        };
    }

    /** What the browser is asked for beside a code. */
    String request(PageRequest page, Step.AwaitKey at) {
        return options.request(page, ceremony(page, at));
    }

    /** Whether a passkey was picked beside a code. */
    static boolean isPicked(PageRequest page) {
        return page.typed("action").equals(PASSKEY);
    }

    /**
     * A passkey that was picked in place of a code.
     *
     * @param on the page that it was offered on, and whose challenge is spent with it
     */
    StepResult instead(PageRequest page, Step on, Step.AwaitKey at) {
        var proof = new Proof.KeySignature(ceremony(page, at), page.typed("response"));
        return codes.once(page, on, null, proof, () -> again(page, at));
    }

    private StepResult again(PageRequest page, Step.Ceremony at) {
        var device = at.kind() == FactorKind.WEBAUTHN_PLATFORM ? "webauthn-platform" : "webauthn";
        var problem = Problem.of("", device + (at instanceof Step.EnrollKey ? "-associate-error" : "-challenge-error"));
        return next(page, passkeys.afresh(at, problem));
    }

    private StepResult failed(PageRequest page, Step.Ceremony at) {
        var found = ERROR.matcher(page.typed("action"));
        var error = found.find() ? found.group(1) : "Error";
        var ceremony = at instanceof Step.EnrollKey ? Ceremony.BINDING : Ceremony.PROVING;
        events.publishEvent(new CeremonyFailed(page.caller(), page.user(), at.kind(), ceremony, error));
        return next(page, new Step.KeyFailed(at, error.equals(UNKNOWN) ? null : error));
    }

    /** Away from a ceremony: to another method, or on without one where it was only advice. */
    private StepResult otherwise(PageRequest page, Step.Ceremony at) {
        return switch (at) {
            case Step.AwaitKey _ -> next(page, new Step.ChooseFactor());
            case Step.EnrollKey key ->
                switch (page.typed("action")) {
                    case "snooze-enrollment" -> left(page, key, Answer.LATER);
                    case "refuse-add-device" -> left(page, key, Answer.NEVER);
                    default ->
                        key.offer() == null
                                ? next(page, new Step.ChooseEnrollment(key.proved()))
                                : left(page, key, Answer.LATER);
                };
        };
    }

    private StepResult left(PageRequest page, Step.EnrollKey key, Answer answer) {
        if (!key.proved()) return next(page, new Step.ChooseEnrollment(false));
        passkeys.answered(page, key, answer);
        return completion.finish(page, page.login().amr(), false);
    }

    private StepResult named(PageRequest page, Step.NameKey at) {
        var name = page.typed("nickname");
        if (name.isEmpty()) return StepResult.Again.with(Problem.of("nickname", "no-nickname"));
        if (name.codePointCount(0, name.length()) > Authenticator.LONGEST_NAME)
            return StepResult.Again.with(Problem.of("nickname", "nickname-too-long"));
        credentials.rename(page.caller(), page.user(), new AuthenticatorId(at.enrollment()), name);
        var code = at.recoveryCode();
        if (code != null) return next(page, new Step.ShowRecoveryCode(code, false, false));
        return completion.end(page);
    }

    private static StepResult next(PageRequest page, Step step) {
        return new StepResult.Next(page.login(), step);
    }

    Screen show(PageRequest page, Step.OfWebAuthn step, List<Problem> problems) {
        return switch (step) {
            case Step.EnrollKey at ->
                new WebAuthnScreen.KeyEnrollment(
                        at.kind(),
                        options.creation(page, ceremony(page, at)),
                        at.offer() == null && policy.leadsElsewhere(page),
                        leave(at),
                        all(problems, at.problem()));
            case Step.AwaitKey at ->
                new WebAuthnScreen.KeyChallenge(
                        at.kind(),
                        options.request(page, ceremony(page, at)),
                        policy.hasOthers(page),
                        completion.remember(page),
                        all(problems, at.problem()));
            case Step.KeyFailed(var at, var error) -> {
                var others = !(at instanceof Step.AwaitKey) || policy.hasOthers(page);
                yield error == null
                        ? new WebAuthnScreen.KeyNotAvailable(at.kind(), others)
                        : new WebAuthnScreen.KeyError(at.kind(), others);
            }
            case Step.NameKey at -> new WebAuthnScreen.KeyNickname(at.kind(), problems);
        };
    }

    private static Leave leave(Step.EnrollKey at) {
        if (at.offer() != null) return Leave.SNOOZE;
        return at.proved() ? Leave.SKIP : Leave.OTHER_METHOD;
    }

    private static List<Problem> all(List<Problem> problems, @Nullable Problem problem) {
        return problems.isEmpty() && problem != null ? List.of(problem) : problems;
    }

    private WebAuthnCeremony ceremony(PageRequest page, Step.Ceremony at) {
        var ceremony = WebAuthnCeremony.of(
                tenants.settings(page.tenant()), at.kind(), page.address(), at.challenge(), at.expiresAt());
        return policy.wantsVerification(page) ? ceremony.requiringVerification() : ceremony;
    }
}
