package io.ringcode.action;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedScriptColumns {
    @Bean
    SealedColumn sealedScriptSecrets() {
        return SealedColumn.bytes("script", "id", "secrets_sealed", "script", "id");
    }

    @Bean
    SealedColumn sealedVersionSecrets() {
        return SealedColumn.bytes("script_version", "script_id, number", "secrets_sealed", "script", "script_id");
    }
}
