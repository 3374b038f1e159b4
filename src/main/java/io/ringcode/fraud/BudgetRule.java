package io.ringcode.fraud;

import io.ringcode.budget.Budgets;
import io.ringcode.budget.Budgets.Exhausted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Send rule: nothing for a budget that is used up. A look that holds nothing; what one more message costs is reserved when it is
 * stored, where text and carrier are known.
 */
@Component
@Order(50)
class BudgetRule implements StatelessRule {
    private final Budgets budgets;
    private final Clock clock;

    BudgetRule(Budgets budgets, Clock clock) {
        this.budgets = budgets;
        this.clock = clock;
    }

    @Override
    public Optional<Denied> judge(Asked message) {
        var request = message.request();
        return budgets.exhausted(request.tenant(), request.client(), request.to())
                .map(exhausted -> denied(exhausted, clock.instant()));
    }

    /** Waiting helps when the next day or month begins. */
    static Denied denied(Exhausted exhausted, Instant now) {
        return new Denied(
                Rule.BUDGET,
                Duration.ofSeconds(Math.max(
                        1,
                        Duration.between(now, exhausted.until())
                                .plusNanos(999_999_999)
                                .toSeconds())));
    }
}
