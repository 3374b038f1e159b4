package io.ringcode.delivery.account;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedAccountColumns {
    @Bean
    SealedColumn sealedCarrierSecrets() {
        return new SealedColumn(
                "carrier_account",
                "tenant_id, carrier",
                "secrets",
                "secrets <> '{}'",
                "carrier-account",
                "concat_ws(E'\\n', tenant_id, carrier)",
                new SealedColumn.Form.Members());
    }
}
