package io.ringcode.delivery.routing;

import io.ringcode.delivery.CodeRef;
import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.SkippedCarrier;
import io.ringcode.delivery.carrier.PhoneMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that this node has claimed from the outbox and may send until its lease ends.
 *
 * @param code what it carries; null where nobody could say whether that is still needed
 * @param provider who is asked, or will be first
 * @param attempt counted when the message was taken, so that an answer that comes too late cannot settle a later attempt
 * @param heldUntil end of the lease: from then on any node may claim the message
 * @param carrierOrder the providers of its route, in the order in which they are asked
 * @param refusedBy those providers of the order that will not carry it; the others may be asked again
 * @param unanswered those providers of the order that may have the message, for they did not answer
 * @param passedOver providers before {@code provider} that were not asked
 * @param trace the W3C trace context that it was stored in; null for none
 */
public record ClaimedMessage(
        PhoneMessage message,
        @Nullable CodeRef code,
        String provider,
        @Nullable String region,
        int attempt,
        Instant heldUntil,
        List<String> carrierOrder,
        Set<String> refusedBy,
        Map<String, NoAnswer> unanswered,
        List<SkippedCarrier> passedOver,
        @Nullable String trace) {
    /** A message with one carrier only. */
    public ClaimedMessage(
            PhoneMessage message, String provider, @Nullable String region, int attempt, Instant heldUntil) {
        this(
                message,
                null,
                provider,
                region,
                attempt,
                heldUntil,
                List.of(provider),
                Set.of(),
                Map.of(),
                List.of(),
                null);
    }

    /** The same message, about a code whose generation is known by now. */
    public ClaimedMessage carrying(CodeRef known) {
        return new ClaimedMessage(
                message,
                known,
                provider,
                region,
                attempt,
                heldUntil,
                carrierOrder,
                refusedBy,
                unanswered,
                passedOver,
                trace);
    }

    public ClaimedMessage askedOf(RoutingDecision.Ask ask) {
        return new ClaimedMessage(
                message,
                code,
                ask.provider(),
                region,
                attempt,
                heldUntil,
                carrierOrder,
                refusedBy,
                unanswered,
                ask.passedOver(),
                trace);
    }

    /** The next attempt, with a lease of its own. */
    public ClaimedMessage next(RoutingDecision.Ask ask, Instant until) {
        return new ClaimedMessage(
                message,
                code,
                ask.provider(),
                region,
                attempt + 1,
                until,
                carrierOrder,
                refusedBy,
                unanswered,
                ask.passedOver(),
                trace);
    }

    /** The same message after its provider has refused it for good. */
    public ClaimedMessage refused() {
        var all = new HashSet<>(refusedBy);
        all.add(provider);
        return new ClaimedMessage(
                message,
                code,
                provider,
                region,
                attempt,
                heldUntil,
                carrierOrder,
                Set.copyOf(all),
                unanswered,
                passedOver,
                trace);
    }

    /** The same message after its provider has not answered. */
    public ClaimedMessage unanswered(Instant at) {
        var all = new HashMap<>(unanswered);
        all.merge(provider, new NoAnswer(1, at), (before, _) -> new NoAnswer(before.times() + 1, at));
        return new ClaimedMessage(
                message,
                code,
                provider,
                region,
                attempt,
                heldUntil,
                carrierOrder,
                refusedBy,
                Map.copyOf(all),
                passedOver,
                trace);
    }

    /** When that provider may be given this message again, as far as its silence goes. */
    public Instant askableFrom(String name) {
        var silence = unanswered.get(name);
        return silence == null ? Instant.MIN : silence.over();
    }

    public MessageRef ref() {
        return new MessageRef(message.tenant(), message.id());
    }

    public CarrierHealth.HealthKey healthKey(String name) {
        return new CarrierHealth.HealthKey(message.tenant(), name, message.channel(), region == null ? "none" : region);
    }

    public AccountKey accountKey() {
        return new AccountKey(message.tenant(), provider);
    }

    /** How often the whole route has been tried, from 1. */
    public int round() {
        return 1 + (attempt - 1) / carrierOrder.size();
    }
}
