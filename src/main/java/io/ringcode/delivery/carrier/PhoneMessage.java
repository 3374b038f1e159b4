package io.ringcode.delivery.carrier;

import io.ringcode.client.ClientId;
import io.ringcode.delivery.MessageContext;
import io.ringcode.delivery.NewMessage;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as a provider is given it to send.
 *
 * @param id the same at every attempt: a vendor that drops repeated ids may be given it
 * @param text as in {@link NewMessage#text()}
 * @param from as in {@link NewMessage#from()}
 */
public record PhoneMessage(
        TenantId tenant,
        UUID id,
        UserId user,
        @Nullable ClientId client,
        PhoneNumber to,
        Channel channel,
        String text,
        Locale language,
        Instant expiresAt,
        @Nullable MessageContext context,
        @Nullable String from) {

    /** A message that is about nothing but its text. */
    public PhoneMessage(
            TenantId tenant,
            UUID id,
            UserId user,
            @Nullable ClientId client,
            PhoneNumber to,
            Channel channel,
            String text,
            Locale language,
            Instant expiresAt) {
        this(tenant, id, user, client, to, channel, text, language, expiresAt, null, null);
    }

    /** Until its code is dead, in whole seconds: for carriers that throw away what they could not deliver by then. */
    public long secondsLeft(Instant now, long least, long most) {
        return Math.clamp(Duration.between(now, expiresAt).toSeconds(), least, most);
    }

    /** The number as most carriers want it: country code and digits, no plus. */
    public String digits() {
        return to.e164().substring(1);
    }

    @Override
    public String toString() {
        return "PhoneMessage[" + id + ", " + channel.wire() + " to " + to + "]";
    }
}
