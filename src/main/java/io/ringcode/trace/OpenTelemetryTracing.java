package io.ringcode.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.ringcode.server.settings.Settings.Traces;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tracing by OpenTelemetry's SDK. Whoever began a trace decides whether it is sampled; of those that begin here a fraction is. */
final class OpenTelemetryTracing implements Tracing {
    /** Of tracestate nothing is read: it may have 512 characters, and a row would have to keep it. */
    private static final TextMapGetter<String> CONTEXT = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
            return key.equals(HEADER) ? traceparent : null;
        }
    };

    private final SpanExport export;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    OpenTelemetryTracing(Traces settings, SpanExport export) {
        this.export = export;
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "ringcode",
                                AttributeKey.stringKey("service.instance.id"),
                                UUID.randomUUID().toString()))))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampled())))
                .addSpanProcessor(export)
                .build();
        this.tracer = provider.get("io.ringcode");
    }

    static OpenTelemetryTracing to(Traces settings) {
        return new OpenTelemetryTracing(settings, SpanExport.to(settings.url()));
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public Span continued(Kind kind, String name, @Nullable String traceparent) {
        var parent = traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, CONTEXT);
        var builder = tracer.spanBuilder(name).setParent(parent).setSpanKind(kind(kind));
        var underWay = here();
        if (underWay.isValid()) builder.addLink(underWay);
        return new Traced(builder.startSpan());
    }

    private static SpanKind kind(Kind kind) {
        return switch (kind) {
            case SERVER -> SpanKind.SERVER;
            case CLIENT -> SpanKind.CLIENT;
            case CONSUMER -> SpanKind.CONSUMER;
        };
    }

    @Override
    public Span part(String name) {
        return here().isSampled() ? new Traced(tracer.spanBuilder(name).startSpan()) : Span.NONE;
    }

    @Override
    public @Nullable String traceparent() {
        var here = here();
        return here.isValid()
                ? "00-" + here.getTraceId() + "-" + here.getSpanId() + "-"
                        + here.getTraceFlags().asHex()
                : null;
    }

    private static io.opentelemetry.api.trace.SpanContext here() {
        return io.opentelemetry.api.trace.Span.current().getSpanContext();
    }

    SpanExport export() {
        return export;
    }

    /** What exemplars of metrics refer to. */
    SpanContext exemplars() {
        return new SpanContext() {
            @Override
            public @Nullable String getCurrentTraceId() {
                return here().isValid() ? here().getTraceId() : null;
            }

            @Override
            public @Nullable String getCurrentSpanId() {
                return here().isValid() ? here().getSpanId() : null;
            }

            @Override
            public boolean isCurrentSpanSampled() {
                return here().isSampled();
            }

            @Override
            public void markCurrentSpanAsExemplar() {
                // A trace that an exemplar names is sampled already.
            }
        };
    }

    @Override
    public void close() {
        provider.close();
    }

    /** A span that is under way in this thread until it is closed. */
    private static final class Traced implements Span {
        private final io.opentelemetry.api.trace.Span span;
        private final Scope underWay;

        @SuppressWarnings("MustBeClosedChecker") // it is closed with the span
        Traced(io.opentelemetry.api.trace.Span span) {
            this.span = span;
            this.underWay = span.makeCurrent();
        }

        @Override
        public Span with(Attribute attribute, String value) {
            span.setAttribute(attribute.key(), value);
            return this;
        }

        @Override
        public Span with(Attribute attribute, UUID value) {
            return with(attribute, value.toString());
        }

        @Override
        public Span with(Attribute attribute, long value) {
            span.setAttribute(attribute.key(), value);
            return this;
        }

        @Override
        public void rename(String name) {
            span.updateName(name);
        }

        @Override
        public void fail() {
            span.setStatus(StatusCode.ERROR);
        }

        @Override
        public void close() {
            underWay.close();
            span.end();
        }
    }
}
