package io.ringcode.delivery.routing;

import io.ringcode.delivery.carrier.PhoneMessage;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that this node has claimed from the outbox and may send until its lease ends.
 *
 * @param provider who is asked, or will be first
 * @param attempt counted when the message was taken, so that an answer that comes too late cannot settle a later attempt
 * @param heldUntil end of the lease: from then on any node may claim the message
 * @param carrierOrder the providers of its route, in the order in which they are asked
 * @param refusedBy those providers of the order that will not carry it; the others may be asked again
 * @param passedOver providers before {@code provider} that were not asked, each with the reason: {@code name:reason}
 */
public record ClaimedMessage(
        PhoneMessage message,
        String provider,
        @Nullable String region,
        int attempt,
        Instant heldUntil,
        List<String> carrierOrder,
        Set<String> refusedBy,
        List<String> passedOver) {
    /** A message with one carrier only. */
    public ClaimedMessage(
            PhoneMessage message, String provider, @Nullable String region, int attempt, Instant heldUntil) {
        this(message, provider, region, attempt, heldUntil, List.of(provider), Set.of(), List.of());
    }

    public ClaimedMessage askedOf(RoutingDecision.Ask ask) {
        return new ClaimedMessage(
                message, ask.provider(), region, attempt, heldUntil, carrierOrder, refusedBy, ask.passedOver());
    }

    /** The next attempt, with a lease of its own. */
    public ClaimedMessage next(RoutingDecision.Ask ask, Instant until) {
        return new ClaimedMessage(
                message, ask.provider(), region, attempt + 1, until, carrierOrder, refusedBy, ask.passedOver());
    }

    /** The same message after its provider has refused it for good. */
    public ClaimedMessage refused() {
        var all = new HashSet<>(refusedBy);
        all.add(provider);
        return new ClaimedMessage(
                message, provider, region, attempt, heldUntil, carrierOrder, Set.copyOf(all), passedOver);
    }

    public CarrierHealth.HealthKey healthKey(String name) {
        return new CarrierHealth.HealthKey(message.tenant(), name, message.channel(), region == null ? "none" : region);
    }

    /** How often the whole route has been tried, from 1. */
    public int round() {
        return 1 + (attempt - 1) / carrierOrder.size();
    }
}
