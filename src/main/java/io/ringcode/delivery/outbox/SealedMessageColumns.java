package io.ringcode.delivery.outbox;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedMessageColumns {
    @Bean
    SealedColumn sealedMessageNumbers() {
        return SealedColumn.bytes("message", "id", "to_sealed", "message", "id, 'to'");
    }

    @Bean
    SealedColumn sealedMessageTexts() {
        return SealedColumn.bytes("message", "id", "text_sealed", "message", "id, 'text'");
    }

    @Bean
    SealedColumn sealedMessageContexts() {
        return SealedColumn.bytes("message", "id", "context_sealed", "message", "id, 'context'");
    }
}
