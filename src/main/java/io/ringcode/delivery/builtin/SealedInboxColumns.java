package io.ringcode.delivery.builtin;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedInboxColumns {
    @Bean
    SealedColumn sealedInboxNumbers() {
        return SealedColumn.bytes("inbox", "id", "to_sealed", "inbox", "id, 'to'");
    }

    @Bean
    SealedColumn sealedInboxTexts() {
        return SealedColumn.bytes("inbox", "id", "text_sealed", "inbox", "id, 'text'");
    }
}
