package io.ringcode.factor;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class TicketExpiry {
    @Bean
    Expiring expiredEnrollmentTickets() {
        return new Expiring.AtTime("enrollment_ticket", "hash", "expires_at");
    }
}
