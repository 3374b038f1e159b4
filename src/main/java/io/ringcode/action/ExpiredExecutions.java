package io.ringcode.action;

import io.ringcode.schedule.Expiring;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which rows of this module expire. */
@Configuration(proxyBeanMethods = false)
class ExpiredExecutions {
    /** As long as Auth0 keeps them. */
    private static final Duration KEPT = Duration.ofDays(10);

    @Bean
    Expiring oldScriptExecutions() {
        return new Expiring.AtAge("script_execution", "id", KEPT);
    }
}
