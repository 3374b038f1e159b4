package io.ringcode.user;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedUserColumns {
    @Bean
    SealedColumn sealedUserPhones() {
        return SealedColumn.bytes("app_user", "id", "phone_sealed", "user-phone", "id");
    }
}
