package io.ringcode.delivery.receipt;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which rows of this package expire. */
@Configuration(proxyBeanMethods = false)
class ExpiredCalls {
    @Bean
    Expiring oldReceiptCalls() {
        return new Expiring.AtTime("receipt_call", "provider, call_id", "expires_at");
    }
}
