package io.ringcode.challenge;

import io.ringcode.action.NumberActions;
import io.ringcode.action.NumberCheck;
import io.ringcode.action.NumberCheck.Occasion;
import io.ringcode.action.NumberVerdict;
import io.ringcode.challenge.Started.NotAdmitted;
import io.ringcode.challenge.Started.NumberRefused;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.Authenticators.NumberCheckResult;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.NumberCheckGuard;
import io.ringcode.fraud.SendRequest;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * Has the tenant's actions say whether a phone number is trusted, before a message goes to it. What they said of one that is to be bound
 * stays with it, and is judged again in the transaction that binds it.
 */
@Component
class NumberChecks {
    private final NumberActions actions;
    private final NumberCheckGuard guard;
    private final Authenticators authenticators;
    private final Clock clock;

    NumberChecks(NumberActions actions, NumberCheckGuard guard, Authenticators authenticators, Clock clock) {
        this.actions = actions;
        this.guard = guard;
        this.authenticators = authenticators;
        this.clock = clock;
    }

    /** What came of asking. */
    sealed interface Asked {
        /** A message may go. */
        record Trusted(NumberCheckResult result) implements Asked {}

        record Not(Started answer) implements Asked {}
    }

    /** Runs scripts, so never in a transaction. */
    Asked ask(Transaction login, SendRequest request, Occasion occasion) {
        if (!actions.watch(login.tenant(), occasion)) return new Asked.Trusted(NumberCheckResult.NOT_ASKED);
        if (guard.admit(request, clock.instant()) instanceof Denied denied)
            return new Asked.Not(new NotAdmitted(request.channel(), denied));
        var check =
                new NumberCheck(login.caller(), login.user(), login.id(), request.to(), request.channel(), occasion);
        return switch (actions.judge(check)) {
            case NumberVerdict.Trusted() -> new Asked.Trusted(NumberCheckResult.PASSED);
            case NumberVerdict.Refused(var instead, var reason) -> {
                // A code that was sent to it before binds it no more.
                if (occasion == Occasion.BINDING)
                    authenticators.numberRefused(login.tenant(), login.user(), request.to());
                yield new Asked.Not(new NumberRefused(request.channel(), instead, reason));
            }
        };
    }

    /** Whether a phone gets no code, since whoever holds it is not its owner. Of one that is not locked that need not be asked. */
    boolean isDenied(Transaction login, Authenticator.Phone phone) {
        return phone.binding().locked() && authenticators.isDenied(login.tenant(), phone.id());
    }

    /** Whether a number that waits for its first code may be bound by it. Runs in the transaction that binds it. */
    boolean mayBeBound(TenantId tenant, AuthenticatorId id) {
        return !actions.watch(tenant, Occasion.BINDING) || authenticators.isNumberChecked(tenant, id);
    }
}
