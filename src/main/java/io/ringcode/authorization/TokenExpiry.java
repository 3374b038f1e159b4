package io.ringcode.authorization;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class TokenExpiry {
    @Bean
    Expiring expiredRefreshTokens() {
        return new Expiring.AtTime("refresh_token", "hash", "expires_at");
    }

    @Bean
    Expiring expiredAuthorizationCodes() {
        return new Expiring.AtTime("authorization_code", "hash", "expires_at");
    }

    @Bean
    Expiring expiredMfaClaims() {
        return new Expiring.AtTime("mfa_claims", "id", "expires_at");
    }

    @Bean
    Expiring expiredProofs() {
        return new Expiring.AtTime("seen_proof", "hash", "expires_at");
    }
}
