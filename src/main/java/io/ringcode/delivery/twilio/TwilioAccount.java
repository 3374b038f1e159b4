package io.ringcode.delivery.twilio;

import io.ringcode.phone.Channel;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant's setting is stored.
 *
 * @param authTokenSealed base64
 * @param from a number, short code or alphanumeric sender; a call needs it
 * @param messagingServiceSid chooses the sender of an SMS
 */
record TwilioAccount(
        @Nullable String sid,
        @Nullable String authTokenSealed,
        @Nullable String from,
        @Nullable String messagingServiceSid) {
    static final String SETTING = "guardian/factors/phone/providers/twilio";
    static final TwilioAccount UNSET = new TwilioAccount(null, null, null, null);

    boolean suffices(Channel channel) {
        if (sid == null || authTokenSealed == null) return false;
        return switch (channel) {
            case SMS -> from != null || messagingServiceSid != null;
            case VOICE -> from != null;
        };
    }
}
