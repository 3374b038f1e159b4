package io.ringcode.factor;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedFactorColumns {
    @Bean
    SealedColumn sealedEnrollmentPhones() {
        return SealedColumn.bytes("enrollment", "id", "phone_sealed", "enrollment-phone", "id");
    }

    @Bean
    SealedColumn sealedEnrollmentSeeds() {
        return SealedColumn.bytes("enrollment", "id", "secret_sealed", "enrollment-seed", "id");
    }
}
