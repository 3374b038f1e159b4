package io.ringcode.action;

import io.ringcode.schedule.Expiring;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class ExecutionExpiry {
    /** As long as Auth0 keeps them. */
    private static final Duration KEPT = Duration.ofDays(10);

    @Bean
    Expiring oldScriptExecutions() {
        return new Expiring.AtAge("script_execution", "id", KEPT);
    }
}
