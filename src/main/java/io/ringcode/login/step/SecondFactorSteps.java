package io.ringcode.login.step;

import io.ringcode.challenge.RememberSettings;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.UsableFactors.Due;
import io.ringcode.login.page.EndScreen.Trouble;
import io.ringcode.session.RememberedBrowsers;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** From the first factor to the page of the second: whether one is due, and which. */
@Component
class SecondFactorSteps {
    private final SignInDecisions decisions;
    private final FactorPolicy policy;
    private final EnrollSteps enrolling;
    private final FactorPagesByKind pages;
    private final CommandedFactors commanded;
    private final RememberedBrowsers browsers;
    private final Completion completion;
    private final Tenants tenants;

    SecondFactorSteps(
            SignInDecisions decisions,
            FactorPolicy policy,
            EnrollSteps enrolling,
            FactorPagesByKind pages,
            CommandedFactors commanded,
            RememberedBrowsers browsers,
            Completion completion,
            Tenants tenants) {
        this.decisions = decisions;
        this.policy = policy;
        this.enrolling = enrolling;
        this.pages = pages;
        this.commanded = commanded;
        this.browsers = browsers;
        this.completion = completion;
        this.tenants = tenants;
    }

    /** The user is known: what comes next. */
    StepResult begin(PageRequest before) {
        var page = before.with(decisions.decide(before));
        var login = page.login();
        // A mail alone is enough only where nothing was ever bound, which the password alone could bind too.
        if (NewPasswordStep.isDue(login) && !policy.of(page).enrolled())
            return new StepResult.Next(login, new Step.NewPassword());
        var decision = login.decision();
        if (decision != null && decision.denied() != null) return completion.refuse(page);
        var command = FactorPolicy.due(login);
        if (command != null) return commanded.begin(page, command).orElseGet(() -> begin(goneOn(page)));
        var demand = FactorPolicy.demand(login);
        if (!policy.demands(page.tenant(), page.user(), login.amr(), login.loginRequest(), demand))
            return completion.finish(page, login.amr(), false);
        // As with a session's, what the browser remembers is worth no more than it is: no passkey, for who has one.
        var remembered = login.amr().remembered();
        if (!demand.fresh()
                && !policy.demands(page.tenant(), page.user(), remembered, login.loginRequest(), demand)
                && isRemembered(page)) return completion.finish(page, remembered, false);
        return due(page, kind -> pages.of(kind).prove(page));
    }

    /** The factor that was asked for by name is no longer due. */
    private static PageRequest goneOn(PageRequest page) {
        var decision = Objects.requireNonNull(page.login().decision());
        return page.with(page.login().decided(decision.with(decision.actions().withoutFirstDue())));
    }

    /** @param prove leads to the kind of factor that the user would use */
    private StepResult due(PageRequest page, Function<FactorKind, StepResult> prove) {
        return switch (policy.of(page).due()) {
            case Due.Prove(var usable) -> prove.apply(usual(page, usable));
            case Due.SwitchedOff() -> new StepResult.NoFactor(Trouble.FACTOR_OFF);
            case Due.Enroll _, Due.NothingOffered _ -> enrolling.begin(page);
        };
    }

    /** What was used last, but for a device's own where this one has none: then it was another device. */
    private static FactorKind usual(PageRequest page, List<Authenticator> usable) {
        var here = PasskeySteps.canRecognizeOwner(page);
        return usable.stream()
                .map(Authenticator::kind)
                .filter(kind -> here || kind != FactorKind.WEBAUTHN_PLATFORM)
                .filter(kind -> kind != FactorKind.RECOVERY_CODE)
                .findFirst()
                .orElse(usable.getFirst().kind());
    }

    private boolean isRemembered(PageRequest page) {
        var settings = RememberSettings.of(tenants.settings(page.tenant()));
        var idle = Duration.ofSeconds(settings.mfaSessionInactivityTimeout());
        return browsers.knows(page.tenant(), page.remembered(), page.user(), idle);
    }

    /** The list of factors. */
    StepResult chooseFactor(PageRequest page) {
        var action = page.typed("action");
        return policy.ways(page).stream()
                .filter(way -> way.wire().equals(action))
                .findFirst()
                .map(way -> pages.of(way.kind()).prove(page, way))
                .orElseGet(() -> back(page));
    }

    private StepResult back(PageRequest page) {
        var command = FactorPolicy.due(page.login());
        return command == null
                ? due(page, kind -> pages.of(kind).back(page))
                : commanded.begin(page, command).orElseGet(() -> begin(goneOn(page)));
    }
}
