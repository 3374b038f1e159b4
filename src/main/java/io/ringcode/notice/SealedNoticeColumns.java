package io.ringcode.notice;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedNoticeColumns {
    @Bean
    SealedColumn sealedNotices() {
        return SealedColumn.bytes("notice", "id", "facts", "notice", "id");
    }

    @Bean
    SealedColumn sealedNoticeWebhookSecrets() {
        return new SealedColumn(
                "tenant_setting",
                "tenant_id, name",
                "value",
                "name = '" + NoticeWebhook.SETTING + "' AND value ->> 'secretSealed' IS NOT NULL",
                "notice-webhook",
                "tenant_id",
                new SealedColumn.Form.Token("secretSealed"));
    }
}
