package io.ringcode.delivery.builtin;

import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import java.time.Instant;

/** A message that the local phone shows. */
public record InboxMessage(PhoneNumber to, Channel channel, String text, Instant at) {
    @Override
    public String toString() {
        return "InboxMessage[" + channel.wire() + " to " + to + "]";
    }
}
