package io.ringcode.fraud;

import java.time.Duration;

/** What the fraud guard decided about one message. */
public sealed interface Admission {
    record Admitted() implements Admission {}

    /** @param retryAfter whole seconds, rounded up, as Retry-After wants it (RFC 9110 section 10.2.3) */
    record Denied(Limit limit, Duration retryAfter) implements Admission {}

    /** Whose bucket was empty. */
    enum Limit {
        USER,
        NUMBER,
        ADDRESS,
        TENANT
    }
}
