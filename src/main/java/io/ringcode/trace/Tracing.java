package io.ringcode.trace;

import org.jspecify.annotations.Nullable;

/**
 * Distributed tracing, as the rest of the server uses it. A thread has one span under way at most; others begin inside it. Where an
 * operator named no collector it is {@link #OFF}, which makes and loads nothing.
 */
public interface Tracing extends AutoCloseable {
    Tracing OFF = new Untraced();

    /** The name of the W3C trace context, as a header. */
    String HEADER = "traceparent";

    /** Where a span stands between this server and others. */
    enum Kind {
        /** A request that this server answers. */
        SERVER,
        /** A request that it makes. */
        CLIENT,
        /** News of something that was begun before. */
        CONSUMER
    }

    boolean isOn();

    /**
     * Begins a span of a trace that was begun elsewhere or earlier, and links it to the one that this thread has under way.
     *
     * @param traceparent the W3C trace context of the parent; null, and what is none, begins a new trace
     */
    Span continued(Kind kind, String name, @Nullable String traceparent);

    /** Begins a part of what this thread is tracing; {@link Span#NONE} where that is nothing. */
    Span part(String name);

    /** The W3C trace context of what this thread is tracing, to be sent or stored; null where that is nothing. */
    @Nullable
    String traceparent();

    @Override
    void close();
}
