package io.ringcode.fraud;

import io.ringcode.schedule.RecurringTask;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Write-behind of {@link FraudDecisions}. */
@Component
class FraudDecisionTask implements RecurringTask {
    private final FraudDecisions decisions;
    private final Clock clock;

    FraudDecisionTask(FraudDecisions decisions, Clock clock) {
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "fraud-decisions";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        decisions.write(clock.millis());
    }
}
