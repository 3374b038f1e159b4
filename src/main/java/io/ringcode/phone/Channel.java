package io.ringcode.phone;

import java.util.Locale;
import java.util.Optional;

/** How a message reaches a phone; {@link #wire()} is its name in requests, answers, tables and logs. */
public enum Channel {
    SMS,
    VOICE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Channel> of(String wire) {
        return switch (wire) {
            case "sms" -> Optional.of(SMS);
            case "voice" -> Optional.of(VOICE);
            default -> Optional.empty();
        };
    }
}
