package io.ringcode.trace;

import java.util.UUID;

/** A span: one piece of work with its time, as part of a trace. It is closed by the thread that began it. */
public interface Span extends AutoCloseable {
    /** What is not traced. */
    Span NONE = new NoSpan();

    Span with(Attribute attribute, String value);

    Span with(Attribute attribute, UUID value);

    Span with(Attribute attribute, long value);

    /** By what is only known at its end. */
    void rename(String name);

    /** Tells that the work failed by this server's fault. */
    void fail();

    @Override
    void close();
}
