package io.ringcode.delivery;

import java.util.Locale;

/** Why a message should be replaced; {@link #wire()} is its name in the table and on the wire. */
public enum TroubleReason {
    /** Carriers have failed it as often as the tenant puts up with. */
    FAILURES,
    /** A carrier took it and has reported nothing in time, though it normally does. */
    NO_RECEIPT,
    /** A receipt says that it did not arrive. */
    UNDELIVERED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static TroubleReason of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
