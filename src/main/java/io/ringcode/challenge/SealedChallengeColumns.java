package io.ringcode.challenge;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedChallengeColumns {
    @Bean
    SealedColumn sealedCodes() {
        return SealedColumn.bytes(
                "challenge", "transaction_id, enrollment_id", "code_sealed", "code", "transaction_id, enrollment_id");
    }
}
