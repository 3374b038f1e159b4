package io.ringcode.fraud;

import io.ringcode.client.ClientId;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that somebody asks for, as the send rules see it.
 *
 * @param client the application that asks; null for none
 * @param user whose code it is; null for an administrator's test message
 * @param signIn the sign-in on our pages that asks; null where an application asks, or nobody
 * @param login the sign-in or enrolment that the code is for, whichever door it came by; null for none
 * @param origin where the request came from; null where the server itself asks
 * @param formTime how long the page was shown on which the number was typed; null where there was none
 */
public record SendRequest(
        TenantId tenant,
        @Nullable ClientId client,
        @Nullable UserId user,
        @Nullable UUID signIn,
        PhoneNumber to,
        Channel channel,
        @Nullable Origin origin,
        Cause cause,
        Ownership ownership,
        @Nullable UUID login,
        Proof proof,
        @Nullable Duration formTime) {

    public SendRequest(
            TenantId tenant,
            @Nullable ClientId client,
            @Nullable UserId user,
            @Nullable UUID signIn,
            PhoneNumber to,
            Channel channel,
            @Nullable Origin origin,
            Cause cause,
            Ownership ownership,
            @Nullable UUID login,
            Proof proof) {
        this(tenant, client, user, signIn, to, channel, origin, cause, ownership, login, proof, null);
    }

    /** Why the message is to be sent. */
    public enum Cause {
        /** A person signs in with a phone that is bound to the account. */
        SIGN_IN(false),
        /** A person binds a phone. */
        ENROLLMENT(false),
        /** A message did not arrive, and its code goes out once more by another channel. */
        OTHER_CHANNEL(true),
        /** A message did not arrive, and its code goes out once more by another carrier. */
        NEXT_CARRIER(true),
        /** An account owner is told what was done to the account. */
        NOTICE(true),
        /** An administrator tries a provider or a template. */
        TRIAL(false);

        private final boolean ours;

        Cause(boolean ours) {
            this.ours = ours;
        }

        /** Whether the server itself decided to send the same code once more, or something without a code: nobody asked for a message. */
        boolean isOurs() {
            return ours;
        }
    }

    /** What is known of the number's owner. What strangers may use up is kept apart from what an owner needs. */
    public enum Ownership {
        /** A code that was sent to the number has been typed for this user before. */
        CONFIRMED,
        /** Somebody says that the number is theirs. */
        CLAIMED
    }

    /** Whether who asks can show that he is no program. */
    public enum Proof {
        /** There is no page to ask on, or nobody to ask. */
        IMPOSSIBLE,
        POSSIBLE,
        /** For this message. */
        PASSED
    }

    /** The end user's address; null where it is not known, or belongs to an application's server. */
    @Nullable
    String address() {
        return origin == null ? null : origin.userAddress();
    }
}
