package io.ringcode.delivery;

import io.ringcode.client.ClientId;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message to be put into the outbox.
 *
 * @param text as rendered; in a spoken text the code reads {@code 1.2.3.4.5.6} and U+E000 marks a pause
 * @param expiresAt when the code in it dies: from then on nothing is sent
 * @param code null where it carries none that is typed anywhere; then it cannot be sent again by another message
 * @param from the requested sender, a number or a name; null for the account's own
 */
public record NewMessage(
        TenantId tenant,
        UserId user,
        @Nullable ClientId client,
        String enrollment,
        PhoneNumber to,
        Channel channel,
        String text,
        Locale language,
        Instant expiresAt,
        @Nullable MessageContext context,
        @Nullable CodeRef code,
        @Nullable String from) {

    /** A message that is about nothing but its text. */
    public NewMessage(
            TenantId tenant,
            UserId user,
            @Nullable ClientId client,
            String enrollment,
            PhoneNumber to,
            Channel channel,
            String text,
            Locale language,
            Instant expiresAt) {
        this(tenant, user, client, enrollment, to, channel, text, language, expiresAt, null, null, null);
    }

    /** A message without a code that could be looked at. */
    public NewMessage(
            TenantId tenant,
            UserId user,
            @Nullable ClientId client,
            String enrollment,
            PhoneNumber to,
            Channel channel,
            String text,
            Locale language,
            Instant expiresAt,
            @Nullable MessageContext context) {
        this(tenant, user, client, enrollment, to, channel, text, language, expiresAt, context, null, null);
    }

    /** The same message, about a code whose generation is known by now. */
    public NewMessage carrying(CodeRef known) {
        return new NewMessage(
                tenant, user, client, enrollment, to, channel, text, language, expiresAt, context, known, from);
    }

    @Override
    public String toString() {
        return "NewMessage[" + tenant.value() + ", " + channel.wire() + " to " + to + "]";
    }
}
