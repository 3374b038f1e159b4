package io.ringcode.trace;

import java.util.UUID;

/** The span of what is not traced. */
final class NoSpan implements Span {
    @Override
    public Span with(Attribute attribute, String value) {
        return this;
    }

    @Override
    public Span with(Attribute attribute, UUID value) {
        return this;
    }

    @Override
    public Span with(Attribute attribute, long value) {
        return this;
    }

    @Override
    public void rename(String name) {}

    @Override
    public void fail() {}

    @Override
    public void close() {}
}
