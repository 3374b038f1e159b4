package io.ringcode.localphone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.delivery.builtin.InboxMessage;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A message as the phone shows it: a pause in a call is an ellipsis, and the code stands by itself. */
public record Arrived(
        PhoneNumber to,
        Channel channel,
        String text,
        @Nullable String code,
        Instant at) {
    /** UTC, and the page's script turns it into the reader's own time. */
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int PREVIEW = 90;

    static Arrived of(InboxMessage message) {
        var text = message.text().replace("\uE000", "… ").strip();
        return new Arrived(
                message.to(), message.channel(), text, CodeInText.find(text).orElse(null), message.at());
    }

    public String clock() {
        return CLOCK.format(at);
    }

    public String preview() {
        return text.length() <= PREVIEW ? text : text.substring(0, PREVIEW) + "…";
    }

    /** For an address. */
    public String encodedNumber() {
        return URLEncoder.encode(to.e164(), UTF_8);
    }

    @Override
    public String toString() {
        return "Arrived[" + channel.wire() + " to " + to + "]";
    }
}
