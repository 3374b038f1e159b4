package io.ringcode.delivery.receipt;

import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.routing.CarrierHealth.HealthKey;
import io.ringcode.phone.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a carrier took and that has no receipt in time, or one that says it did not arrive.
 *
 * @param state accepted or undelivered
 * @param replaceable false once another message has taken over
 */
public record OverdueMessage(
        MessageRef ref,
        Channel channel,
        String provider,
        @Nullable String region,
        MessageState state,
        boolean replaceable,
        Instant expiresAt) {
    HealthKey key() {
        return new HealthKey(ref.tenant(), provider, channel, region == null ? "none" : region);
    }
}
