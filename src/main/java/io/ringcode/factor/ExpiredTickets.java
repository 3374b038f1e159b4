package io.ringcode.factor;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which rows of this module expire. */
@Configuration(proxyBeanMethods = false)
class ExpiredTickets {
    @Bean
    Expiring expiredEnrollmentTickets() {
        return new Expiring.AtTime("enrollment_ticket", "hash", "expires_at");
    }
}
