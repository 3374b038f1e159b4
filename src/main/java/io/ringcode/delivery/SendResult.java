package io.ringcode.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider's answer, whatever the carrier calls it. {@code code} is the carrier's own word and goes to the log. */
public sealed interface SendResult {
    record Accepted(String vendorId) implements SendResult {}

    /**
     * Not now.
     *
     * @param retryAfter what the carrier asked for; null where it did not say
     */
    record Unavailable(String code, @Nullable Duration retryAfter) implements SendResult {}

    /** Not ever, not this message. */
    record Refused(String code, Fault fault) implements SendResult {}
}
