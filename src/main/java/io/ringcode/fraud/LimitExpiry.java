package io.ringcode.fraud;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention of rate limits: a bucket that is full again says nothing that its absence would not say. */
@Configuration(proxyBeanMethods = false)
class LimitExpiry {
    @Bean
    Expiring fullBuckets() {
        return new Expiring.AtTime("rate_limit", "kind, subject", "full_at");
    }

    @Bean
    Expiring forgottenDelays() {
        return new Expiring.AtTime("send_delay", "kind, subject", "expires_at");
    }
}
