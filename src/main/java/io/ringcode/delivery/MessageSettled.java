package io.ringcode.delivery;

import io.ringcode.client.ClientId;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Event: an attempt has ended, or a message has expired. Published inside the transaction that records it.
 *
 * @param to masked; empty where the stored number cannot be read any more
 * @param region of the number, ISO 3166-1 alpha-2
 * @param code the vendor's, or one of the dispatcher's: {@code timeout}, {@code io}, {@code error}; null when accepted
 * @param said by the carrier in words, without secret, code or whole number; null where it said nothing
 * @param latency of the carrier; zero where none was asked
 */
public record MessageSettled(
        TenantId tenant,
        UUID message,
        UserId user,
        @Nullable ClientId client,
        Channel channel,
        String provider,
        String to,
        @Nullable String region,
        Result result,
        @Nullable String code,
        @Nullable String said,
        Duration latency) {

    public enum Result {
        ACCEPTED,
        /** This attempt came to nothing; another follows. */
        UNAVAILABLE,
        /** The carrier gave no answer that can be read, and may have the message; another attempt follows. */
        UNKNOWN,
        /** By this carrier; the message is at its end unless a route leads on. */
        REFUSED,
        /** The code's life ended, or the carrier's next chance would have come after that. */
        EXPIRED,
        /** No further attempt is made, since the code can no longer be typed. */
        NOT_NEEDED
    }
}
