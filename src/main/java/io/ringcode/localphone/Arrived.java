package io.ringcode.localphone;

import io.ringcode.delivery.builtin.InboxMessage;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message as the phone shows it: a pause in a call is an ellipsis, and the code stands by itself. */
record Arrived(
        PhoneNumber to,
        Channel channel,
        String text,
        @Nullable String code,
        Instant at) {
    static Arrived of(InboxMessage message) {
        var text = message.text().replace("\uE000", "… ").strip();
        return new Arrived(
                message.to(), message.channel(), text, CodeInText.find(text).orElse(null), message.at());
    }

    @Override
    public String toString() {
        return "Arrived[" + channel.wire() + " to " + to + "]";
    }
}
