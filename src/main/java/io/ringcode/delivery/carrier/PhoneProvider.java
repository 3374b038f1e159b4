package io.ringcode.delivery.carrier;

import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.time.Duration;

/**
 * A provider of phone messages: a translation of a message into the vendor's request, and of the vendor's answer into a
 * {@link SendResult}. A provider neither retries nor waits: {@code Dispatcher} does, for all alike. Every bean of this
 * type can be selected by its name.
 */
public interface PhoneProvider {
    /** As in {@code selected-provider}, in tables, metrics and logs. */
    String name();

    /** As people read it, everywhere. */
    String title();

    /** Whether it has that channel at all, for anybody. */
    boolean offers(Channel channel);

    /** Whether this tenant has set what the channel needs. */
    boolean ready(TenantId tenant, Channel channel);

    /** Whether each message counts against the few that a tenant may try the product with. */
    default boolean evaluationOnly() {
        return false;
    }

    /**
     * The most time that one {@link #send} takes: so long no other node sends the same message.
     *
     * @param usual how long an exchange with a carrier may last
     */
    default Duration longestSend(Duration usual) {
        return usual;
    }

    /** @throws IOException when the carrier could not be asked or did not answer: the dispatcher tries again */
    SendResult send(PhoneMessage message) throws IOException;
}
