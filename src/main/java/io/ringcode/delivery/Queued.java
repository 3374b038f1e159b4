package io.ringcode.delivery;

import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.util.UUID;

/** What became of the wish to send a message. */
public sealed interface Queued {
    /**
     * It will be sent, or reported as failed, once the caller's transaction commits.
     *
     * @param parcel what this node already holds, so that sending needs no second look at the database
     */
    record Promised(TenantId tenant, UUID id, Parcel parcel) implements Queued {}

    /** This provider never has that channel. */
    record ChannelNotOffered(String provider, Channel channel) implements Queued {}

    /** The tenant's settings do not suffice for this provider and channel. */
    record NotConfigured(String provider) implements Queued {}

    /** The built-in provider has carried its last message for this tenant. */
    record QuotaUsedUp() implements Queued {}
}
