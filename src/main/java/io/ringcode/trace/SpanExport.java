package io.ringcode.trace;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue of ended spans, and the thread that sends them to the collector in batches. Who ends a span never waits: a full queue
 * drops it and counts. The SDK's own does so too, but counts for OpenTelemetry's metrics alone and tells of each batch that fails.
 */
final class SpanExport implements SpanProcessor {
    /** Some seconds of a busy server, about a kilobyte each. */
    static final int MOST_WAITING = 8192;

    private static final int MOST_AT_ONCE = 512;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_SEND = Duration.ofSeconds(10);
    private static final Duration LAST_SENDS = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(SpanExport.class);

    private final SpanExporter exporter;
    private final String collector;
    private final BlockingQueue<SpanData> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    /** Only this class's thread knows. */
    private boolean failing;

    SpanExport(SpanExporter exporter, String collector) {
        this.exporter = exporter;
        this.collector = collector;
        this.thread = Thread.ofPlatform().name("span-export").daemon().start(this::run);
    }

    static SpanExport to(URI collector) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.toString())
                .setTimeout(LONGEST_SEND)
                .setConnectTimeout(LAST_SENDS)
                // Nobody waits for it, and the next batch tries again.
                .setRetryPolicy(null)
                .build();
        return new SpanExport(exporter, collector.toString());
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled() && !waiting.offer(span.toSpanData())) dropped.increment();
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    private void run() {
        try {
            while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) sendAll();
            sendAll();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            // It waits for a request in hand, as long as that may take.
            exporter.shutdown();
        }
    }

    private void sendAll() {
        var batch = new ArrayList<SpanData>();
        while (waiting.drainTo(batch, MOST_AT_ONCE) > 0) {
            var taken = isTaken(batch);
            (taken ? sent : lost).add(batch.size());
            tell(taken);
            // What waits is kept for the next time, as far as there is room.
            if (!taken) return;
            batch.clear();
        }
    }

    private boolean isTaken(List<SpanData> batch) {
        try {
            return exporter.export(List.copyOf(batch))
                    .join(LONGEST_SEND.toMillis(), TimeUnit.MILLISECONDS)
                    .isSuccess();
        } catch (RuntimeException broken) {
            return false;
        }
    }

    /** A line for each change. */
    private void tell(boolean taken) {
        if (taken == !failing) return;
        failing = !taken;
        if (failing)
            LOG.warn(
                    "No traces reach the collector at {}; spans beyond {} are dropped (ringcode_spans_total)",
                    collector,
                    MOST_WAITING);
        else LOG.info("Traces reach the collector at {} again", collector);
    }

    void count(MeterRegistry meters) {
        count(meters, "sent", sent);
        count(meters, "dropped", dropped);
        count(meters, "lost", lost);
    }

    private static void count(MeterRegistry meters, String result, LongAdder number) {
        FunctionCounter.builder("ringcode.spans", number, LongAdder::sum)
                .description("Spans of traces by what became of them")
                .tag("result", result)
                .register(meters);
    }

    /** Sends what waits, within two seconds. */
    @Override
    public CompletableResultCode shutdown() {
        closing.countDown();
        try {
            thread.join(LAST_SENDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return CompletableResultCode.ofSuccess();
    }
}
