package io.ringcode.session;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class SessionExpiry {
    @Bean
    Expiring expiredLogins() {
        return new Expiring.AtTime("login", "state_hash", "expires_at");
    }

    @Bean
    Expiring expiredBrowserSessions() {
        return new Expiring.AtTime("browser_session", "hash", "expires_at");
    }

    @Bean
    Expiring expiredKnownBrowsers() {
        return new Expiring.AtTime("known_browser", "hash, user_id", "expires_at");
    }

    @Bean
    Expiring expiredRememberedBrowsers() {
        return new Expiring.AtTime("remembered_browser", "hash, user_id", "expires_at");
    }
}
