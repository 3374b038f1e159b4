package io.ringcode.session;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedLoginColumns {
    @Bean
    SealedColumn sealedProgress() {
        return SealedColumn.bytes("login", "state_hash", "progress_sealed", "login", "id");
    }

    @Bean
    SealedColumn sealedDecisions() {
        return SealedColumn.bytes("login", "state_hash", "decided_sealed", "login", "id, 'decision'");
    }
}
