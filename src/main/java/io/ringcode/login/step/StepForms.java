package io.ringcode.login.step;

import io.ringcode.session.LoginRequest;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The flow of a sign-in: in each of its states, whose form it is. */
@Component
public class StepForms {
    private final FirstFactor firstFactor;
    private final SecondFactorSteps secondFactor;
    private final EnrollSteps enrolling;
    private final PhoneFactorPages phones;
    private final AppFactorPages apps;
    private final WebAuthnFactorPages webAuthn;
    private final RecoveryCodeFactorPages recoveryCodes;
    private final NewPasswordStep passwords;
    private final MethodPages methods;
    private final LossPages losses;
    private final FactorPolicy policy;
    private final Clock clock;

    StepForms(
            FirstFactor firstFactor,
            SecondFactorSteps secondFactor,
            EnrollSteps enrolling,
            PhoneFactorPages phones,
            AppFactorPages apps,
            WebAuthnFactorPages webAuthn,
            RecoveryCodeFactorPages recoveryCodes,
            NewPasswordStep passwords,
            MethodPages methods,
            LossPages losses,
            FactorPolicy policy,
            Clock clock) {
        this.firstFactor = firstFactor;
        this.secondFactor = secondFactor;
        this.enrolling = enrolling;
        this.phones = phones;
        this.apps = apps;
        this.webAuthn = webAuthn;
        this.recoveryCodes = recoveryCodes;
        this.passwords = passwords;
        this.methods = methods;
        this.losses = losses;
        this.policy = policy;
        this.clock = clock;
    }

    /** The user is known from elsewhere, or what was due is due no more: what comes next. */
    public StepResult begin(PageRequest page) {
        var reply = page.login().loginRequest().kind() == LoginRequest.Kind.TICKET
                ? enrolling.begin(page)
                : secondFactor.begin(page);
        if (reply instanceof StepResult.Restart) throw new LoginGone(); // It changes faster than it can be told.
        return reply;
    }

    public StepResult handle(PageRequest page, @Nullable Step step, boolean signUp) {
        var reply = isUndecided(page, step) ? new StepResult.Restart() : form(page, step, signUp);
        if (reply instanceof StepResult.Undecided(var login)) return begin(page.with(login));
        if (reply instanceof StepResult.Next(var login, Step.ChooseEnrollment _) && MethodPages.isOpen(login))
            return next(page.with(login), new Step.Methods()); // what can be bound is listed there
        return reply instanceof StepResult.Restart ? begin(page) : reply;
    }

    private StepResult form(PageRequest page, @Nullable Step step, boolean signUp) {
        if (step != null && losses.isAsked(page, step)) return next(page, new Step.LostPhone());
        return switch (step) {
            case null -> signUp ? firstFactor.signUp(page) : firstFactor.logIn(page);
            case Step.ChooseEnrollment at -> enrolling.choose(page, at);
            case Step.ChooseFactor _ -> secondFactor.chooseFactor(page);
            case Step.OfPhone at -> phones.handle(page, at);
            case Step.OfApp at -> apps.handle(page, at);
            case Step.OfWebAuthn at -> webAuthn.handle(page, at);
            case Step.OfRecoveryCode at -> recoveryCodes.handle(page, at);
            case Step.NewPassword _ -> passwords.set(page);
            case Step.OfAccount at -> methods.handle(page, at);
            case Step.OfLoss at -> losses.handle(page, at);
            case Step.LockedOut(var until, var at) -> lockedOut(page, at == null ? new Step.ChooseFactor() : at, until);
        };
    }

    /** The other ways are those of the page that was locked; after the wait it is shown again. */
    private StepResult lockedOut(PageRequest page, Step at, @Nullable Instant until) {
        if (!page.pressedNothingElse()) return at instanceof Step.ChooseFactor ? next(page, at) : form(page, at, false);
        return next(page, until != null && clock.instant().isAfter(until) ? at : new Step.LockedOut(until, at));
    }

    private static StepResult next(PageRequest page, Step step) {
        return new StepResult.Next(page.login(), step);
    }

    /**
     * Whether what comes next is still to be decided, or no longer holds. Where somebody is known already, by a session, a link or the
     * application's word, no form of the first factor counts: it would put another user in that one's place.
     */
    public boolean isUndecided(PageRequest page, @Nullable Step step) {
        return step == null ? page.login().user() != null : isOvertaken(page, step);
    }

    /**
     * Whether a step has come to nothing since it became due. Who has an authenticator by now does not bind the first one any
     * more: that would be a way round it. What a code binds is judged once more where it does; this spares the person the way
     * until there. Where an action asks for a further one by name, that is no way round. And no phone is bound where every channel was switched off.
     */
    private boolean isOvertaken(PageRequest page, Step step) {
        if (step instanceof Step.EnrollPhone at && policy.channels(page, at).isEmpty()) return true;
        return step.bindsFirst()
                && page.login().loginRequest().kind() != LoginRequest.Kind.TICKET
                && FactorPolicy.due(page.login()) == null
                && policy.of(page).enrolled();
    }
}
