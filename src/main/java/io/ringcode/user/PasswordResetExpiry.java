package io.ringcode.user;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class PasswordResetExpiry {
    @Bean
    Expiring expiredPasswordResets() {
        return new Expiring.AtTime("password_reset", "hash", "expires_at");
    }
}
