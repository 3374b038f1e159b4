package io.ringcode.action;

import io.ringcode.client.Caller;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.user.UserId;
import java.util.UUID;

/**
 * A phone number that is about to be trusted, as the tenant's actions are told of it.
 *
 * @param transaction the sign-in, or the session of the user's own account
 * @param channel by which its code would go
 */
public record NumberCheck(
        Caller caller, UserId user, UUID transaction, PhoneNumber number, Channel channel, Occasion occasion) {

    public enum Occasion {
        /** Before the first message to a number that is to be bound. */
        BINDING(Trigger.PRE_BIND_NUMBER),
        /** Before a code goes to a number that is bound. */
        SENDING(Trigger.PRE_SEND);

        private final Trigger trigger;

        Occasion(Trigger trigger) {
            this.trigger = trigger;
        }

        public Trigger trigger() {
            return trigger;
        }
    }
}
