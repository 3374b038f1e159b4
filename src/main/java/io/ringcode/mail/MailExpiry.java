package io.ringcode.mail;

import io.ringcode.schedule.Expiring;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class MailExpiry {
    @Bean
    Expiring oldMails() {
        return new Expiring.AtAge("mail", "id", Duration.ofDays(30));
    }
}
