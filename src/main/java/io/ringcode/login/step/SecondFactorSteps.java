package io.ringcode.login.step;

import io.ringcode.challenge.RememberSettings;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.UsableFactors.Due;
import io.ringcode.login.page.Screen.Trouble;
import io.ringcode.session.RememberedBrowsers;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** From the first factor to the page of the second: whether one is due, and which. */
@Component
class SecondFactorSteps {
    private final FactorPolicy policy;
    private final EnrollSteps enrolling;
    private final FactorPagesByKind pages;
    private final RememberedBrowsers browsers;
    private final Completion completion;
    private final Tenants tenants;

    SecondFactorSteps(
            FactorPolicy policy,
            EnrollSteps enrolling,
            FactorPagesByKind pages,
            RememberedBrowsers browsers,
            Completion completion,
            Tenants tenants) {
        this.policy = policy;
        this.enrolling = enrolling;
        this.pages = pages;
        this.browsers = browsers;
        this.completion = completion;
        this.tenants = tenants;
    }

    /** The user is known: what comes next. */
    StepResult begin(PageRequest turn) {
        var login = turn.login();
        if (!policy.demands(turn.tenant(), turn.user(), login.amr(), login.loginRequest()))
            return completion.finish(turn, login.amr(), false);
        if (!FactorPolicy.insists(login.loginRequest()) && isRemembered(turn))
            return completion.finish(turn, login.amr().remembered(), false);
        return due(turn, kind -> pages.of(kind).prove(turn));
    }

    /** @param prove leads to the kind of factor that the user would use */
    private StepResult due(PageRequest turn, Function<FactorKind, StepResult> prove) {
        return switch (policy.of(turn).due()) {
            case Due.Prove(var usable) -> prove.apply(usable.getFirst().kind());
            case Due.SwitchedOff() -> new StepResult.NoFactor(Trouble.FACTOR_OFF);
            case Due.Enroll _, Due.NothingOffered _ -> enrolling.begin(turn);
        };
    }

    private boolean isRemembered(PageRequest turn) {
        var settings = RememberSettings.of(tenants.settings(turn.tenant()));
        var idle = Duration.ofSeconds(settings.mfaSessionInactivityTimeout());
        return browsers.knows(turn.tenant(), turn.remembered(), turn.user(), idle);
    }

    /** The list of factors. */
    StepResult chooseFactor(PageRequest turn) {
        var action = turn.typed("action");
        return policy.ways(turn).stream()
                .filter(way -> way.wire().equals(action))
                .findFirst()
                .map(way -> pages.of(way.kind()).prove(turn, way))
                .orElseGet(() -> due(turn, kind -> pages.of(kind).back(turn)));
    }
}
