package io.ringcode.server;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every room stands on and none makes for itself. */
@Configuration(proxyBeanMethods = false)
class Ground {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
