package io.ringcode.delivery;

import java.util.Locale;

/** The result of one attempt to send a message; {@link #wire()} is its name in the table and on the wire. */
public enum AttemptResult {
    ACCEPTED,
    /** The carrier surely does not have it: it said so, or could not be reached. */
    UNAVAILABLE,
    /** The request was written and has no answer that can be read: the carrier may have the message. */
    UNKNOWN,
    REFUSED,
    /** No carrier was asked, since all of the route were left alone. */
    WAITED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AttemptResult of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
