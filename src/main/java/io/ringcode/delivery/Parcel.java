package io.ringcode.delivery;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message in this node's hands.
 *
 * @param provider who is asked, or will be first
 * @param attempt counted when the message was taken, so that an answer that comes too late cannot settle a later attempt
 * @param heldUntil from then on any node may take it
 * @param course the providers of its route, in order
 * @param refusedBy those of them that will not carry it; the others may be asked again
 * @param passedOver those before {@code provider}, each with the reason: {@code name:reason}
 */
record Parcel(
        PhoneMessage message,
        String provider,
        @Nullable String region,
        int attempt,
        Instant heldUntil,
        List<String> course,
        Set<String> refusedBy,
        List<String> passedOver) {
    /** With nobody else to ask. */
    Parcel(PhoneMessage message, String provider, @Nullable String region, int attempt, Instant heldUntil) {
        this(message, provider, region, attempt, heldUntil, List.of(provider), Set.of(), List.of());
    }

    Parcel askedOf(Choice.Ask ask) {
        return new Parcel(message, ask.provider(), region, attempt, heldUntil, course, refusedBy, ask.passedOver());
    }

    /** The next attempt, with a lease of its own. */
    Parcel next(Choice.Ask ask, Instant until) {
        return new Parcel(message, ask.provider(), region, attempt + 1, until, course, refusedBy, ask.passedOver());
    }

    /** Once its provider has refused for good. */
    Parcel refused() {
        var all = new HashSet<>(refusedBy);
        all.add(provider);
        return new Parcel(message, provider, region, attempt, heldUntil, course, Set.copyOf(all), passedOver);
    }

    CarrierHealth.Way way(String name) {
        return new CarrierHealth.Way(message.tenant(), name, message.channel(), region == null ? "none" : region);
    }

    /** How often the whole route has been tried, from 1. */
    int round() {
        return 1 + (attempt - 1) / course.size();
    }
}
