package io.ringcode.mail;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedMailColumns {
    @Bean
    SealedColumn sealedMailAddresses() {
        return SealedColumn.bytes("mail", "id", "to_sealed", "mail", "id, 'to'");
    }

    @Bean
    SealedColumn sealedMailContents() {
        return SealedColumn.bytes("mail", "id", "content_sealed", "mail", "id, 'content'");
    }

    @Bean
    SealedColumn sealedMailPasswords() {
        return new SealedColumn(
                "tenant_setting",
                "tenant_id, name",
                "value",
                "name = '" + EmailProvider.SETTING + "' AND value ->> 'passwordSealed' IS NOT NULL",
                "email-provider",
                "tenant_id",
                new SealedColumn.Form.Token("passwordSealed"));
    }
}
