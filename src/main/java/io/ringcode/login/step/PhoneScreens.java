package io.ringcode.login.step;

import io.ringcode.challenge.PhoneSettings;
import io.ringcode.delivery.DeliveryProgress;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.fraud.PauseRule;
import io.ringcode.login.page.PhoneScreen;
import io.ringcode.login.page.PhoneScreen.MessageState;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.login.page.Screen.Remember;
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
    private final DeliveryProgress messages;
    private final Tenants tenants;
    private final Clock clock;

    PhoneScreens(
            FactorPolicy policy,
            Completion completion,
            Countries countries,
            PersonProofs proofs,
            DeliveryProgress messages,
            Tenants tenants,
            Clock clock) {
        this.policy = policy;
        this.completion = completion;
        this.countries = countries;
        this.proofs = proofs;
        this.messages = messages;
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
        var country = page.form().containsKey("country")
                ? page.typed("country")
                : Countries.likely(page.wording().acceptLanguage());
        return new PhoneScreen.PhoneEnrollment(
                policy.channels(page, step),
                countries.in(page.wording().language()),
                country,
                page.form().containsKey("phone") ? page.typed("phone") : null,
                policy.offered(page).contains(Factor.OTP),
                problems);
    }

    private Screen channels(PageRequest page, String id, List<Problem> problems) {
        var phone = policy.phone(page, new AuthenticatorId(id)).orElseThrow(() -> new LoginGone());
        var having = policy.of(page);
        return new PhoneScreen.PhoneChallenge(
                phone.number().masked(),
                having.channels(phone),
                having.phones().size() > 1,
                policy.hasOthers(page),
                problems);
    }

    private Screen code(PageRequest page, Step.AwaitCode step, List<Problem> problems) {
        var next = Duration.between(clock.instant(), step.sentAt().plus(PauseRule.PAUSE));
        return new PhoneScreen.CodeChallenge(
                step.channel(),
                step.maskedNumber(),
                PhoneSettings.of(tenants.settings(page.tenant())).otpLength(),
                policy.factors(page.tenant()).inOrder().stream()
                        .filter(channel -> channel != step.channel())
                        .toList(),
                step.enrolling(),
                !step.enrolling() && policy.of(page).phones().size() > 1,
                step.enrolling() ? policy.offered(page).size() > 1 : policy.hasOthers(page),
                step.enrolling() ? Remember.HIDDEN : completion.remember(page),
                next.isPositive() ? next : Duration.ZERO,
                state(page),
                problems);
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
