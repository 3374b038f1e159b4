package io.ringcode.user;

import java.time.Duration;

/** More passwords wait to be checked than this machine can check soon. */
public final class TooBusy extends RuntimeException {
    /** When it is worth trying again. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** What whoever called is told. */
    public static final String SENTENCE = "The server is busy. Wait a moment before trying again.";

    TooBusy() {
        super("Too many passwords are being checked at once", null, false, false);
    }
}
