package io.ringcode.budget;

import io.ringcode.schedule.Expiring;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention of charges, which a budget that is new within a month sums up, and of what was spent in former periods. */
@Configuration(proxyBeanMethods = false)
class BudgetExpiry {
    private static final Duration OVER_A_MONTH = Duration.ofDays(40);

    @Bean
    Expiring oldCharges() {
        return new Expiring.AtAge("charge", "message_id", OVER_A_MONTH);
    }

    @Bean
    Expiring formerBudgets() {
        return new Expiring.AtTime("budget_use", "scope, period, starts", "expires_at");
    }
}
