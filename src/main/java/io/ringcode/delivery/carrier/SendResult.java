package io.ringcode.delivery.carrier;

import io.ringcode.delivery.FailureCause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer, whatever the carrier calls it. {@code code} is the carrier's own word, {@code said} its sentence
 * where it has one: both go to the log and the ledger, so neither may hold a secret, a code or a whole number.
 */
public sealed interface SendResult {
    record Accepted(String vendorId) implements SendResult {}

    /**
     * Not now: the carrier surely does not have the message.
     *
     * @param retryAfter what the carrier asked for; null where it did not say
     */
    record Unavailable(
            String code,
            @Nullable Duration retryAfter,
            @Nullable String said) implements SendResult {
        public Unavailable(String code, @Nullable Duration retryAfter) {
            this(code, retryAfter, null);
        }
    }

    /** The request was written, and no answer came that can be read: the carrier may have the message or not. */
    record Unknown(String code, @Nullable String said) implements SendResult {
        public Unknown(String code) {
            this(code, null);
        }
    }

    /** Not ever, not this message. */
    record Refused(
            String code, FailureCause fault, @Nullable String said) implements SendResult {
        public Refused(String code, FailureCause fault) {
            this(code, fault, null);
        }
    }
}
