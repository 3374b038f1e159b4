package io.ringcode.delivery.receipt;

import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.MessageState;
import io.ringcode.phone.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a carrier took and that has no receipt in time, or one that says it did not arrive.
 *
 * @param state {@code accepted} or {@code undelivered}
 * @param replaceable false once the other channel has been tried
 */
public record OverdueMessage(
        MessageRef ref,
        Channel channel,
        String provider,
        @Nullable String region,
        MessageState state,
        boolean replaceable,
        Instant expiresAt) {}
