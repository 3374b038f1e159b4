package io.ringcode.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringcode.server.Eventually;
import io.ringcode.server.settings.Settings.Traces;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A collector that does not take what it is sent, and the work that is traced. */
@ExtendWith(OutputCaptureExtension.class)
class SpanExportTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private double count(String result) {
        return meters.get("ringcode.spans")
                .tag("result", result)
                .functionCounter()
                .count();
    }

    private static OpenTelemetryTracing to(URI collector, double sampled) {
        return OpenTelemetryTracing.to(new Traces(collector, sampled));
    }

    /** As many as make several batches. */
    private static void trace(Tracing tracing, int spans) {
        for (int i = 0; i < spans; i++) {
            try (var _ = tracing.continued(Tracing.Kind.SERVER, "work", null)) {
                assertThat(tracing.traceparent()).isNotNull();
            }
        }
    }

    @Test
    void one_that_is_away_is_told_once_and_what_was_sent_is_counted(CapturedOutput output) throws Exception {
        URI nowhere;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1/traces");
        }
        try (var tracing = to(nowhere, 1)) {
            tracing.export().count(meters);
            trace(tracing, 10);
            Eventually.holds("the first are lost", () -> count("lost") == 10);
            trace(tracing, 10);
            Eventually.holds("the next are lost", () -> count("lost") == 20);
        }
        assertThat(output.getAll().split("No traces reach the collector", -1)).hasSize(2);
        assertThat(output.getAll()).doesNotContain("Failed to export");
    }

    @Test
    void one_that_hangs_makes_nobody_wait_and_what_there_is_no_room_for_is_dropped() throws Exception {
        var most = SpanExport.MOST_WAITING;
        try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var tracing = to(URI.create("http://127.0.0.1:" + hanging.getLocalPort() + "/v1/traces"), 1)) {
            tracing.export().count(meters);
            var start = System.nanoTime();
            trace(tracing, 2 * most);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            assertThat(count("dropped")).isBetween(most - 1024.0, (double) most);
        }
    }

    /** The flags are 1 for sampled and 2 for an id that is random. */
    @Test
    void what_is_not_sampled_is_not_sent() {
        try (var collector = new Collector()) {
            try (var none = to(collector.url(), 0);
                    var _ = none.continued(Tracing.Kind.SERVER, "work", null)) {
                assertThat(none.traceparent()).endsWith("-02");
                assertThat(none.part("inside")).isSameAs(Span.NONE);
            }
            assertThat(collector.spans()).isEmpty();
            try (var all = to(collector.url(), 1)) {
                trace(all, 1);
            }
            assertThat(collector.spans()).hasSize(1);
        }
    }

    @Test
    void a_part_of_nothing_is_nothing() {
        try (var tracing = to(URI.create("http://127.0.0.1:1/v1/traces"), 1)) {
            assertThat(tracing.part("inside")).isSameAs(Span.NONE);
            assertThat(tracing.traceparent()).isNull();
        }
    }
}
