package io.ringcode.log.stream;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedStreamColumns {
    @Bean
    SealedColumn sealedSinks() {
        return SealedColumn.bytes("log_stream", "id", "sink", "log-stream", "id");
    }
}
