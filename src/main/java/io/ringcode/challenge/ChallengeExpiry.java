package io.ringcode.challenge;

import io.ringcode.schedule.Expiring;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class ChallengeExpiry {
    /** A login and its code are over within minutes; a day leaves room for questions. */
    private static final Duration KEPT = Duration.ofDays(1);

    @Bean
    Expiring oldChallenges() {
        return new Expiring.AtAge("challenge", "transaction_id", KEPT);
    }
}
