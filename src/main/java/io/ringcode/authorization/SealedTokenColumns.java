package io.ringcode.authorization;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedTokenColumns {
    @Bean
    SealedColumn sealedSigningKeys() {
        return SealedColumn.bytes("signing_key", "kid", "jwk_sealed", "signing-key", "kid");
    }

    @Bean
    SealedColumn sealedCodeClaims() {
        return SealedColumn.bytes("authorization_code", "hash", "claims_sealed", "token-claims", "family");
    }

    @Bean
    SealedColumn sealedMfaClaims() {
        return SealedColumn.bytes("mfa_claims", "id", "claims_sealed", "token-claims", "id");
    }
}
