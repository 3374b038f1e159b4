package io.ringcode.console.view;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For how long the client secret before a rotation is accepted beside the new one, as the console offers it. */
public enum SecretOverlap {
    AT_ONCE(0, "at once"),
    /** What the API does unasked. */
    USUAL(30, "after 30 seconds"),
    HOUR(60 * 60, "after an hour"),
    DAY(24 * 60 * 60, "after a day"),
    WEEK(7 * 24 * 60 * 60, "after a week"),
    MONTH(30 * 24 * 60 * 60, "after 30 days");

    private final int seconds;
    private final String words;

    SecretOverlap(int seconds, String words) {
        this.seconds = seconds;
        this.words = words;
    }

    /** As the API's parameter {@code previous_valid_for} has it. */
    public String seconds() {
        return Integer.toString(seconds);
    }

    /** When the present secret stops working. */
    public String words() {
        return words;
    }

    /** @return empty for what the console does not offer */
    public static Optional<SecretOverlap> of(@Nullable String seconds) {
        return Arrays.stream(values())
                .filter(overlap -> overlap.seconds().equals(seconds))
                .findFirst();
    }
}
