package io.ringcode.factor;

import io.ringcode.schedule.Expiring;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class TicketExpiry {
    @Bean
    Expiring expiredEnrollmentTickets() {
        return new Expiring.AtTime("enrollment_ticket", "hash", "expires_at");
    }

    @Bean
    Expiring expiredKnownCountries() {
        return new Expiring.AtTime("known_country", "user_id, country", "expires_at");
    }

    /** "Don't ask again" holds for as long. */
    @Bean
    Expiring oldPasskeyOffers() {
        return new Expiring.AtAge("passkey_offer", "id", Duration.ofDays(5 * 365));
    }
}
