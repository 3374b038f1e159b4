package io.ringcode.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Timeouts, concurrency and intervals of delivery.
 *
 * @param carrierTimeout for a whole exchange, from the first byte out to the last byte in
 * @param concurrency requests in hand towards one carrier with one tenant's account, per node
 * @param permitWait how long a message waits for a request permit before it is left to the sweep
 * @param answerWait how long who asks for a code waits for the carrier's answer, and is answered without it
 * @param sweepInterval zero: sweep only when asked
 */
@ConfigurationProperties("ringcode.delivery")
public record DeliverySettings(
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration carrierTimeout,
        @DefaultValue("200") int concurrency,
        @DefaultValue("3s") Duration permitWait,
        @DefaultValue("2s") Duration answerWait,
        @DefaultValue("1s") Duration sweepInterval) {
    private static final Duration TIME_TO_SETTLE = Duration.ofSeconds(2);

    public DeliverySettings {
        if (connectTimeout.compareTo(carrierTimeout) > 0)
            throw new IllegalArgumentException("ringcode.delivery.connect-timeout is longer than carrier-timeout");
        if (concurrency < 1) throw new IllegalArgumentException("ringcode.delivery.concurrency is less than 1");
    }

    /** How long a node holds a message: longer than any send takes, so that no other node sends it meanwhile. */
    public Duration lease() {
        return lease(carrierTimeout);
    }

    /** @param longestSend of the provider that the message goes to */
    public Duration lease(Duration longestSend) {
        return permitWait.plus(longestSend).plus(TIME_TO_SETTLE);
    }
}
