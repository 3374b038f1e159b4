package io.ringcode.notice;

import io.ringcode.schedule.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention: the tables of this module whose rows expire. */
@Configuration(proxyBeanMethods = false)
class NoticeExpiry {
    @Bean
    Expiring expiredNotices() {
        return new Expiring.AtTime("notice", "id", "expires_at");
    }

    @Bean
    Expiring expiredNoticeLinks() {
        return new Expiring.AtTime("notice_link", "hash", "expires_at");
    }
}
