package io.ringcode.delivery.routing;

import io.ringcode.delivery.SkippedCarrier;
import java.time.Instant;
import java.util.List;

/** The result of routing one attempt: ask a carrier, wait, or give up. */
public sealed interface RoutingDecision {
    /** @param passedOver carriers before it in the order that are not asked */
    record Ask(String provider, List<SkippedCarrier> passedOver) implements RoutingDecision {}

    /**
     * No carrier can be asked now.
     *
     * @param until when one of them may be asked again, at the earliest
     */
    record Wait(Instant until, List<SkippedCarrier> passedOver) implements RoutingDecision {}

    /** No carrier is left that may be asked. */
    record GiveUp(List<SkippedCarrier> passedOver) implements RoutingDecision {}
}
