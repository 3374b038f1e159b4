package io.ringcode.login.step;

import io.ringcode.factor.FactorKind;
import io.ringcode.login.page.EndScreen;
import io.ringcode.login.page.PhoneScreen.MessageState;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the {@link io.ringcode.login.page.Screen} of the page that is due. */
@Component
public class Screens {
    private final FirstFactor firstFactor;
    private final PhoneFactorPages phones;
    private final PhoneScreens phoneScreens;
    private final AppFactorPages apps;
    private final WebAuthnFactorPages webAuthn;
    private final RecoveryCodeFactorPages recoveryCodes;
    private final ForgottenPassword forgotten;
    private final MethodPages methods;
    private final LossPages losses;
    private final FactorPolicy policy;
    private final Clock clock;

    Screens(
            FirstFactor firstFactor,
            PhoneFactorPages phones,
            PhoneScreens phoneScreens,
            AppFactorPages apps,
            WebAuthnFactorPages webAuthn,
            RecoveryCodeFactorPages recoveryCodes,
            ForgottenPassword forgotten,
            MethodPages methods,
            LossPages losses,
            FactorPolicy policy,
            Clock clock) {
        this.firstFactor = firstFactor;
        this.phones = phones;
        this.phoneScreens = phoneScreens;
        this.apps = apps;
        this.webAuthn = webAuthn;
        this.recoveryCodes = recoveryCodes;
        this.forgotten = forgotten;
        this.methods = methods;
        this.losses = losses;
        this.policy = policy;
        this.clock = clock;
    }

    /** @param signUp whether a new user is expected; decides only while nobody is known */
    public Screen of(PageRequest page, @Nullable Step step, boolean signUp, List<Problem> problems) {
        return switch (step) {
            case null -> first(page, signUp, problems);
            case Step.ChooseEnrollment(var proved, var problem) ->
                new Screen.EnrollOptions(policy.offered(page), proved, newest(problems, problem));
            case Step.ChooseFactor(var problem) ->
                new Screen.LoginOptions(policy.ways(page), newest(problems, problem));
            case Step.OfPhone at -> phones.show(page, at, problems);
            case Step.OfApp at -> apps.show(page, at, problems);
            case Step.OfWebAuthn at -> webAuthn.show(page, at, problems);
            case Step.OfRecoveryCode at -> recoveryCodes.show(page, at, problems);
            case Step.NewPassword() -> new Screen.NewPassword(problems);
            case Step.OfAccount at -> methods.show(page, at, problems);
            case Step.OfLoss at -> losses.show(page, at, problems);
            case Step.LockedOut(var until, var at) -> lockedOut(page, until, at);
        };
    }

    /** What was wrong with the last form, or else with what led to the page. */
    private static List<Problem> newest(List<Problem> problems, @Nullable Problem before) {
        return problems.isEmpty() && before != null ? List.of(before) : problems;
    }

    private Screen lockedOut(PageRequest page, @Nullable Instant until, @Nullable Step at) {
        var wait = until == null ? null : Duration.between(clock.instant(), until);
        return switch (at) {
            case Step.AwaitCode code
            when code.enrolling() -> new EndScreen.LockedOut(wait, policy.leadsElsewhere(page), true, false);
            case Step.EnrollApp _ -> new EndScreen.LockedOut(wait, policy.leadsElsewhere(page), false, false);
            case Step.OfPhone _ ->
                new EndScreen.LockedOut(
                        wait,
                        policy.hasOthersThan(page, FactorKind.PHONE),
                        false,
                        policy.of(page).phones().size() > 1);
            case Step.OfApp _ ->
                new EndScreen.LockedOut(wait, policy.hasOthersThan(page, FactorKind.APP), false, false);
            case Step.OfRecoveryCode _ ->
                new EndScreen.LockedOut(wait, policy.hasOthersThan(page, FactorKind.RECOVERY_CODE), false, false);
            case Step.OfWebAuthn _ -> new EndScreen.LockedOut(wait, policy.hasOthers(page), false, false);
            case Step.ChooseEnrollment _,
                    Step.ChooseFactor _,
                    Step.LockedOut _,
                    Step.NewPassword _,
                    Step.OfAccount _,
                    Step.OfLoss _ -> new EndScreen.LockedOut(wait, policy.hasOthers(page), false, false);
            case null -> new EndScreen.LockedOut(wait, policy.hasOthers(page), false, false);
        };
    }

    private Screen first(PageRequest page, boolean signUp, List<Problem> problems) {
        var offered = firstFactor.offersSignUp(page.tenant(), page);
        var hint = page.login().loginRequest().loginHint();
        if (signUp && offered) return new Screen.SignUp(typed(page, "email", hint), problems);
        return new Screen.LogIn(typed(page, "username", hint), offered, forgotten.isOffered(page), problems);
    }

    private static @Nullable String typed(PageRequest page, String field, @Nullable String otherwise) {
        return page.form().containsKey(field) ? page.typed(field) : otherwise;
    }

    public MessageState state(PageRequest page) {
        return phoneScreens.state(page);
    }
}
