package io.ringcode.delivery.receipt;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this package whose rows expire. */
@Configuration(proxyBeanMethods = false)
class ReceiptCallExpiry {
    @Bean
    Expiring oldReceiptCalls() {
        return new Expiring.AtTime("receipt_call", "provider, call_id", "expires_at");
    }
}
