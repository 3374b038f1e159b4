package io.ringcode.batch;

import java.time.Duration;

/** More is waiting than the server can do soon. Nothing was done; the same request may be sent again. */
public final class TooBusy extends RuntimeException {
    /** When it is worth trying again. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** What whoever called is told. */
    public static final String SENTENCE = "The server is busy. Wait a moment before trying again.";

    /** @param what there is too much of, such as "passwords to be checked" */
    public TooBusy(String what) {
        super("Too much at once: " + what, null, false, false);
    }
}
