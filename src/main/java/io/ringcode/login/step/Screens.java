package io.ringcode.login.step;

import io.ringcode.challenge.RememberSettings;
import io.ringcode.delivery.DeliveryProgress;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.OtpAuth;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.login.page.Screen.MessageState;
import io.ringcode.login.page.Screen.Remember;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Users;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the {@link io.ringcode.login.page.Screen} of the page that is due. */
@Component
public class Screens {
    private final FirstFactor firstFactor;
    private final SecondFactorSteps secondFactor;
    private final EnrollSteps enrolling;
    private final CodeSteps codes;
    private final Completion completion;
    private final FactorPolicy policy;
    private final Countries countries;
    private final DeliveryProgress messages;
    private final Users users;
    private final Tenants tenants;
    private final Clock clock;

    Screens(
            FirstFactor firstFactor,
            SecondFactorSteps secondFactor,
            EnrollSteps enrolling,
            CodeSteps codes,
            Completion completion,
            FactorPolicy policy,
            Countries countries,
            DeliveryProgress messages,
            Users users,
            Tenants tenants,
            Clock clock) {
        this.firstFactor = firstFactor;
        this.secondFactor = secondFactor;
        this.enrolling = enrolling;
        this.codes = codes;
        this.completion = completion;
        this.policy = policy;
        this.countries = countries;
        this.messages = messages;
        this.users = users;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** @param signUp whether a new user is expected; decides only while nobody is known */
    public Screen of(PageRequest turn, @Nullable Step step, boolean signUp, List<Problem> problems) {
        if (step == null) return first(turn, signUp, problems);
        return switch (step) {
            case Step.ChooseEnrollment(var proved) -> new Screen.EnrollOptions(enrolling.offered(turn), proved);
            case Step.EnrollPhone at -> phoneEnrollment(turn, at, problems);
            case Step.EnrollApp(var _, var seed, var _, var _) ->
                new Screen.AppEnrollment(
                        OtpAuth.uri(company(turn), account(turn), seed),
                        seed,
                        enrolling.offered(turn).size() > 1,
                        problems);
            case Step.ChooseFactor() -> new Screen.LoginOptions(factors(turn));
            case Step.ChooseChannel(var enrollment, var problem) ->
                phoneChallenge(turn, enrollment, problems.isEmpty() && problem != null ? List.of(problem) : problems);
            case Step.ChoosePhone() ->
                new Screen.PhoneList(secondFactor.phones(turn).stream()
                        .map(phone -> phone.number().masked())
                        .toList());
            case Step.AwaitCode at -> codeChallenge(turn, at, problems);
            case Step.AwaitAppCode() -> new Screen.AppChallenge(hasOthers(turn), remember(turn), problems);
            case Step.AwaitRecoveryCode() ->
                new Screen.RecoveryCodeChallenge(hasOthers(turn), problems.isEmpty() ? whyRecovery(turn) : problems);
            case Step.ShowRecoveryCode(var code, var next, var _) -> new Screen.RecoveryCodeShown(code, next, problems);
            case Step.LockedOut(var until) ->
                new Screen.LockedOut(
                        until == null ? Duration.ZERO : Duration.between(clock.instant(), until), hasOthers(turn));
        };
    }

    private Screen first(PageRequest turn, boolean signUp, List<Problem> problems) {
        var offered = firstFactor.offersSignUp(turn.tenant(), turn);
        var hint = turn.login().loginRequest().loginHint();
        if (signUp && offered) return new Screen.SignUp(typed(turn, "email", hint), problems);
        return new Screen.LogIn(typed(turn, "username", hint), offered, problems);
    }

    private static @Nullable String typed(PageRequest turn, String field, @Nullable String otherwise) {
        return turn.form().containsKey(field) ? turn.typed(field) : otherwise;
    }

    private Screen phoneEnrollment(PageRequest turn, Step.EnrollPhone step, List<Problem> problems) {
        var country = turn.form().containsKey("country")
                ? turn.typed("country")
                : Countries.likely(turn.wording().acceptLanguage());
        return new Screen.PhoneEnrollment(
                enrolling.channels(turn, step),
                countries.in(turn.wording().language()),
                country,
                typed(turn, "phone", null),
                enrolling.offered(turn).contains(Factor.OTP),
                problems);
    }

    private Screen phoneChallenge(PageRequest turn, String enrollment, List<Problem> problems) {
        var phone = secondFactor.phone(turn, enrollment).orElseThrow(() -> new LoginGone());
        return new Screen.PhoneChallenge(
                phone.number().masked(),
                secondFactor.channels(turn, phone),
                secondFactor.phones(turn).size() > 1,
                hasOthers(turn),
                problems);
    }

    private Screen codeChallenge(PageRequest turn, Step.AwaitCode step, List<Problem> problems) {
        var other = step.channel() == Channel.SMS ? Channel.VOICE : Channel.SMS;
        var next = Duration.between(clock.instant(), step.sentAt().plus(SecondFactorSteps.COOL_DOWN));
        return new Screen.CodeChallenge(
                step.channel(),
                step.maskedNumber(),
                codes.length(turn),
                policy.factors(turn.tenant()).channels(other).contains(other) ? other : null,
                step.enrolling(),
                !step.enrolling() && secondFactor.phones(turn).size() > 1,
                step.enrolling() ? enrolling.offered(turn).size() > 1 : hasOthers(turn),
                step.enrolling() ? Remember.HIDDEN : remember(turn),
                next.isPositive() ? next : Duration.ZERO,
                state(turn),
                problems);
    }

    public MessageState state(PageRequest turn) {
        return messages.ofNewest(turn.tenant(), turn.user(), turn.login().id())
                .map(state -> switch (state) {
                    case SENDING -> MessageState.SENDING;
                    case SENT -> MessageState.SENT;
                    case DELIVERED -> MessageState.DELIVERED;
                    case FAILED -> MessageState.FAILED;
                })
                .orElse(MessageState.SENDING);
    }

    /** Who did not choose the recovery code is told why it is asked for. */
    private List<Problem> whyRecovery(PageRequest turn) {
        return policy.of(turn).switchedOff() ? List.of(Problem.of("", "factor-off")) : List.of();
    }

    private List<Factor> factors(PageRequest turn) {
        var factors = new LinkedHashSet<Factor>();
        for (var one : policy.of(turn).usable()) {
            switch (one) {
                case Authenticator.Phone phone ->
                    secondFactor.channels(turn, phone).forEach(channel -> factors.add(FactorPolicy.listed(channel)));
                case Authenticator.App _ -> factors.add(Factor.OTP);
                case Authenticator.RecoveryCode _ -> factors.add(Factor.RECOVERY_CODE);
            }
        }
        return new ArrayList<>(factors);
    }

    private boolean hasOthers(PageRequest turn) {
        return factors(turn).size() > 1;
    }

    private Remember remember(PageRequest turn) {
        if (!completion.mayRemember(turn)) return Remember.HIDDEN;
        return RememberSettings.of(tenants.settings(turn.tenant())).rememberMeDefaultValue()
                ? Remember.TICKED
                : Remember.UNTICKED;
    }

    private String company(PageRequest turn) {
        return TenantProfile.of(tenants.settings(turn.tenant())).nameOf(turn.tenant());
    }

    private String account(PageRequest turn) {
        return users.find(turn.tenant(), turn.user())
                .map(user -> user.email() == null ? user.id().value() : user.email())
                .orElseThrow(() -> new LoginGone());
    }
}
