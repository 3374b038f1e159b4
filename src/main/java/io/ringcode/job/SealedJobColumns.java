package io.ringcode.job;

import io.ringcode.secret.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The columns of this package with sealed values, which are sealed anew when the master key turns. */
@Configuration(proxyBeanMethods = false)
class SealedJobColumns {
    @Bean
    SealedColumn sealedJobParts() {
        return SealedColumn.bytes("job_part", "job_id, number", "sealed", "job-part", "job_id, 'part ' || number");
    }

    @Bean
    SealedColumn sealedJobErrors() {
        return SealedColumn.bytes("job_error", "job_id, row", "sealed", "job-part", "job_id, 'error ' || row");
    }
}
