package io.ringcode.trace;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.ringcode.server.settings.Settings;
import java.time.Duration;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tracing as the operator's settings have it, and the exemplars by which a metric leads to a trace. */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {
    private static final Set<String> LATENCIES = Set.of("http.server.requests", "ringcode.send", "ringcode.arrival");
    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300};

    @Bean
    Tracing tracing(Settings settings) {
        var traces = settings.traces();
        return traces == null ? Tracing.OFF : OpenTelemetryTracing.to(traces);
    }

    /** Null gives none, as without the bean: which beans there are is decided before settings are read. */
    @Bean
    @Nullable
    SpanContext exemplars(Tracing tracing) {
        return tracing instanceof OpenTelemetryTracing on ? on.exemplars() : null;
    }

    /** Exemplars stand at a histogram's buckets, which would be many series for who has no traces to look up. */
    @Bean
    MeterFilter latencyHistograms(Settings settings) {
        if (settings.traces() == null) return new MeterFilter() {};
        var buckets = DistributionStatisticConfig.builder()
                .serviceLevelObjectives(DoubleStream.of(SECONDS)
                        .map(seconds -> seconds * Duration.ofSeconds(1).toNanos())
                        .toArray())
                .build();
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return LATENCIES.contains(id.getName()) ? buckets.merge(config) : config;
            }
        };
    }

    @Bean
    MeterBinder spanCounts(Tracing tracing) {
        return meters -> {
            if (tracing instanceof OpenTelemetryTracing on) on.export().count(meters);
        };
    }
}
