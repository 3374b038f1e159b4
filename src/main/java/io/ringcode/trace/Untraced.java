package io.ringcode.trace;

import org.jspecify.annotations.Nullable;

/** Tracing that is switched off. */
final class Untraced implements Tracing {
    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public Span continued(Kind kind, String name, @Nullable String traceparent) {
        return Span.NONE;
    }

    @Override
    public Span part(String name) {
        return Span.NONE;
    }

    @Override
    public @Nullable String traceparent() {
        return null;
    }

    @Override
    public void close() {}
}
