package io.ringcode.fraud;

import io.ringcode.schedule.Expiring;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention of what the guard against SMS pumping stores. */
@Configuration(proxyBeanMethods = false)
class FraudExpiry {
    static final Duration DECISIONS = Duration.ofDays(30);

    @Bean
    Expiring seenTraffic() {
        return new Expiring.AtTime("fraud_event", "id", "expires_at");
    }

    @Bean
    Expiring forgottenScopes() {
        return new Expiring.AtTime("fraud_scope", "scope", "expires_at");
    }

    @Bean
    Expiring formerProofs() {
        return new Expiring.AtTime("fraud_proved", "subject", "expires_at");
    }

    @Bean
    Expiring oldFraudSums() {
        return new Expiring.AtTime(
                "fraud_sum", "minutes, from_at, rule, answer, mode, done, decided, currency", "expires_at");
    }

    @Bean
    Expiring quietScopes() {
        return new Expiring.AtTime("fraud_scope_sum", "scope_key", "expires_at");
    }

    @Bean
    Expiring oldFraudDecisions() {
        return new Expiring.AtAge("fraud_decision", "id", DECISIONS);
    }
}
