package io.ringcode.delivery;

import io.ringcode.budget.Budgets.Exhausted;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.util.UUID;

/** The result of putting a message into the outbox. */
public sealed interface Queued {
    /**
     * It will be sent, or reported as failed, once the caller's transaction commits.
     *
     * @param claimed the message as this node has claimed it, so that sending does not read it again
     */
    record Promised(TenantId tenant, UUID id, ClaimedMessage claimed) implements Queued {}

    /** This provider never has that channel. */
    record ChannelNotOffered(String provider, Channel channel) implements Queued {}

    /** The tenant's settings do not suffice for this provider and channel. */
    record NotConfigured(String provider) implements Queued {}

    /** The built-in provider has carried its last message for this tenant. */
    record QuotaUsedUp() implements Queued {}

    /** A budget has no room for what it would cost. */
    record OverBudget(Exhausted exhausted) implements Queued {}
}
