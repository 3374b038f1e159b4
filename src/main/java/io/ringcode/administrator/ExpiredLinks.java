package io.ringcode.administrator;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which rows of this module expire. */
@Configuration(proxyBeanMethods = false)
class ExpiredLinks {
    @Bean
    Expiring expiredAdministratorLinks() {
        return new Expiring.AtTime("administrator_link", "hash", "expires_at");
    }
}
