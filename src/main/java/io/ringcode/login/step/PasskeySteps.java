package io.ringcode.login.step;

import io.ringcode.challenge.ChallengeEvent.KeyAsked;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.challenge.WebAuthnCeremony;
import io.ringcode.factor.Binding;
import io.ringcode.factor.Binding.FirstRecoveryCode;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.PasskeyOffers;
import io.ringcode.factor.PasskeyOffers.Answer;
import io.ringcode.factor.PasskeyOffers.Device;
import io.ringcode.factor.PasskeyPolicy;
import io.ringcode.factor.UsableFactors;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.secret.RandomText;
import io.ringcode.session.LoginRequest;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** When a passkey is asked for: by whoever chose one, by an application that wants nothing less, or by an offer after a code. */
@Component
class PasskeySteps {
    /** A field that the pages' script adds where the device can recognize its owner. */
    private static final String CAN = "webauthn-platform-available";

    private final FactorPolicy policy;
    private final Binding binding;
    private final PasskeyOffers offers;
    private final RandomText random;
    private final Tenants tenants;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    PasskeySteps(
            FactorPolicy policy,
            Binding binding,
            PasskeyOffers offers,
            RandomText random,
            Tenants tenants,
            Clock clock,
            ApplicationEventPublisher events) {
        this.policy = policy;
        this.binding = binding;
        this.offers = offers;
        this.random = random;
        this.tenants = tenants;
        this.clock = clock;
        this.events = events;
    }

    Step.AwaitKey prove(PageRequest page, FactorKind kind) {
        events.publishEvent(new KeyAsked(page.caller(), page.user(), kind));
        return (Step.AwaitKey) afresh(new Step.AwaitKey(kind, "", clock.instant(), null), null);
    }

    /** What the browser may offer where a code is typed (conditional mediation), which nobody has asked for; null where nothing of the kind counts. */
    Step.@Nullable AwaitKey beside(PageRequest page) {
        return policy.ways(page).stream()
                .map(Factor::kind)
                .filter(FactorKind::isWebAuthn)
                .findFirst()
                .map(kind -> (Step.AwaitKey) afresh(new Step.AwaitKey(kind, "", clock.instant(), null), null))
                .orElse(null);
    }

    Step.EnrollKey bind(PageRequest page, FactorKind kind, boolean proved, @Nullable UUID offer) {
        var now = clock.instant();
        var begun = binding.webAuthn(page.caller(), page.user(), page.login().id(), kind, FirstRecoveryCode.MADE, now);
        var id = begun.id().value();
        var step = new Step.EnrollKey(kind, id, "", now, begun.recoveryCode(), proved, offer, null);
        return (Step.EnrollKey) afresh(step, null);
    }

    /** With a challenge of its own: each is good for one answer. */
    Step.Ceremony afresh(Step.Ceremony step, @Nullable Problem problem) {
        return step.with(random.base64(32), clock.instant().plus(WebAuthnCeremony.LIFE), problem);
    }

    /** What is due before the end, because only a passkey will do. */
    Optional<Step> demanded(PageRequest page) {
        if (!policy.lacksPasskey(page)) return Optional.empty();
        var having = policy.of(page);
        for (var one : having.usable()) if (one.kind().isWebAuthn()) return Optional.of(prove(page, one.kind()));
        return bindable(page, having).map(kind -> bind(page, kind, true, null));
    }

    /**
     * What follows a right answer: what is demanded, or else an offer, but not to whom a device has just recognized: it would be asked to
     * bind what it has. Runs in the transaction of the proof.
     */
    Optional<Step> after(PageRequest page, Verified right) {
        var demanded = demanded(page);
        var hasOne = right.first() || right.method().kind() == FactorKind.WEBAUTHN_PLATFORM;
        return demanded.isPresent() || hasOne ? demanded : offer(page);
    }

    private Optional<Step> offer(PageRequest page) {
        var settings = PasskeyPolicy.of(tenants.settings(page.tenant()));
        var having = policy.of(page);
        if (!settings.offer()
                || !canRecognizeOwner(page)
                || page.login().loginRequest().kind() == LoginRequest.Kind.TICKET
                || page.login().loginRequest().kind() == LoginRequest.Kind.ACCOUNT
                || !having.mayBind(FactorKind.WEBAUTHN_PLATFORM, page.proved())) return Optional.empty();
        return offers.make(page.tenant(), page.user(), device(page), clock.instant())
                .map(offer -> bind(page, FactorKind.WEBAUTHN_PLATFORM, true, offer));
    }

    /** What became of an offer; nothing where there was none. */
    void answered(PageRequest page, Step.EnrollKey step, Answer answer) {
        var offer = step.offer();
        if (offer == null) return;
        var pause = PasskeyPolicy.of(tenants.settings(page.tenant())).pause();
        offers.answer(page.tenant(), page.user(), offer, answer, pause, clock.instant());
    }

    private static Device device(PageRequest page) {
        return Device.of(page.caller().origin().userAgent());
    }

    private Optional<FactorKind> bindable(PageRequest page, UsableFactors having) {
        var kinds = canRecognizeOwner(page)
                ? List.of(FactorKind.WEBAUTHN_PLATFORM, FactorKind.WEBAUTHN_ROAMING)
                : List.of(FactorKind.WEBAUTHN_ROAMING);
        return kinds.stream()
                .filter(kind -> having.mayBind(kind, page.proved()))
                .findFirst();
    }

    static boolean canRecognizeOwner(PageRequest page) {
        return page.typed(CAN).equals("true");
    }
}
