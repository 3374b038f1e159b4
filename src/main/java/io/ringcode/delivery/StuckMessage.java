package io.ringcode.delivery;

import io.ringcode.client.ClientId;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.user.UserId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is needed to send a troubled message's code once more. */
public record StuckMessage(
        UserId user, @Nullable ClientId client, CodeRef code, Channel channel, PhoneNumber to, Locale language) {}
