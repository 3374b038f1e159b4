package io.ringcode.administrator;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class LinkExpiry {
    @Bean
    Expiring expiredAdministratorLinks() {
        return new Expiring.AtTime("administrator_link", "hash", "expires_at");
    }
}
