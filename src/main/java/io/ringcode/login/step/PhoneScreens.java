package io.ringcode.login.step;

import io.ringcode.challenge.PhoneSettings;
import io.ringcode.delivery.DeliveryProgress;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.fraud.NumberForm;
import io.ringcode.fraud.PauseRule;
import io.ringcode.login.page.PhoneScreen;
import io.ringcode.login.page.PhoneScreen.MessageState;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the pages of phones show. */
@Component
class PhoneScreens {
    private final FactorPolicy policy;
    private final Completion completion;
    private final Countries countries;
    private final PersonProofs proofs;
    private final NumberForm form;
    private final DeliveryProgress messages;
    private final WebAuthnFactorPages webAuthn;
    private final Tenants tenants;
    private final Clock clock;

    PhoneScreens(
            FactorPolicy policy,
            Completion completion,
            Countries countries,
            PersonProofs proofs,
            NumberForm form,
            DeliveryProgress messages,
            WebAuthnFactorPages webAuthn,
            Tenants tenants,
            Clock clock) {
        this.policy = policy;
        this.completion = completion;
        this.countries = countries;
        this.proofs = proofs;
        this.form = form;
        this.messages = messages;
        this.webAuthn = webAuthn;
        this.tenants = tenants;
        this.clock = clock;
    }

    Screen of(PageRequest page, Step.OfPhone step, List<Problem> problems) {
        return switch (step) {
            case Step.EnrollPhone at -> number(page, at, problems);
            case Step.ChooseChannel(var phone, var problem) ->
                channels(page, phone, problems.isEmpty() && problem != null ? List.of(problem) : problems);
            case Step.ChoosePhone() ->
                new PhoneScreen.PhoneList(policy.of(page).phones().stream()
                        .map(phone -> phone.number().masked())
                        .toList());
            case Step.ProvePerson at -> proofs.screen(page, at, problems);
            case Step.AwaitCode at -> code(page, at, problems);
        };
    }

    private Screen number(PageRequest page, Step.EnrollPhone step, List<Problem> problems) {
        var before = step.number() == null ? null : PhoneNumber.stored(step.number());
        var region = before == null ? null : before.likelyRegion();
        var country = page.form().containsKey("country")
                ? page.typed("country")
                : region == null ? Countries.likely(page.wording().acceptLanguage()) : region;
        return new PhoneScreen.PhoneEnrollment(
                policy.channels(page, step),
                countries.in(page.wording().language()),
                country,
                page.form().containsKey("phone")
                        ? page.typed("phone")
                        : before == null ? null : region == null ? before.readable() : before.national(),
                policy.offered(page).contains(Factor.OTP),
                // Who corrects a number has had the page since it was shown first.
                page.form().containsKey("shown")
                        ? page.typed("shown")
                        : form.shown(page.tenant(), page.login().id(), clock.instant()),
                problems.isEmpty() && step.problem() != null ? List.of(step.problem()) : problems);
    }

    private Screen channels(PageRequest page, String id, List<Problem> problems) {
        var phone = policy.phone(page, new AuthenticatorId(id)).orElseThrow(() -> new LoginGone());
        var having = policy.of(page);
        return new PhoneScreen.PhoneChallenge(
                phone.number().masked(),
                policy.channels(page, phone),
                having.phones().size() > 1,
                policy.hasOthers(page),
                problems);
    }

    private Screen code(PageRequest page, Step.AwaitCode step, List<Problem> problems) {
        var phone = step.enrolling()
                ? policy.pending(page, one -> one.id().value().equals(step.enrollment()))
                : policy.phone(page, new AuthenticatorId(step.enrollment()));
        var over = step.over();
        var passkey = step.passkey();
        var next = Duration.between(clock.instant(), step.sentAt().plus(PauseRule.PAUSE));
        return new PhoneScreen.CodeChallenge(
                step.channel(),
                step.maskedNumber(),
                step.enrolling() ? phone.map(one -> one.number().readable()).orElse(null) : null,
                PhoneSettings.of(tenants.settings(page.tenant())).otpLength(),
                phone.map(one -> policy.channels(page, one)).orElse(List.of()).stream()
                        .filter(channel -> channel != step.channel())
                        .toList(),
                step.enrolling(),
                !step.enrolling() && policy.of(page).phones().size() > 1,
                step.enrolling() ? policy.leadsElsewhere(page) : policy.hasOthers(page),
                step.enrolling() ? null : completion.remember(page),
                next.isPositive() ? next : Duration.ZERO,
                state(page),
                over != null,
                passkey == null || over != null ? null : webAuthn.request(page, passkey),
                problems.isEmpty() && over != null ? List.of(Problem.of("", over)) : problems);
    }

    /** Where the newest message of this sign-in is. */
    MessageState state(PageRequest page) {
        return messages.ofNewest(page.tenant(), page.user(), page.login().id())
                .map(state -> switch (state) {
                    case SENDING -> MessageState.SENDING;
                    case SENT -> MessageState.SENT;
                    case DELIVERED -> MessageState.DELIVERED;
                    case FAILED -> MessageState.FAILED;
                })
                .orElse(MessageState.SENDING);
    }
}
