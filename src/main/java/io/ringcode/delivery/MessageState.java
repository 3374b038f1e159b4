package io.ringcode.delivery;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The state of a message in the outbox; {@link #wire()} is its name in the table and on the wire. */
public enum MessageState {
    /** Waits for its next attempt. */
    QUEUED,
    /** A server is sending it. */
    SENDING,
    /** A carrier has it. */
    ACCEPTED,
    /** Its carrier reports that it arrived. */
    DELIVERED,
    /** Its carrier reports that it did not arrive. */
    UNDELIVERED,
    /** No carrier will take it. */
    FAILED,
    /** Its code died before a carrier took it. */
    EXPIRED,
    /** Its code can no longer be typed, so that it was not sent (again): spent, replaced by a newer one, or out of tries. */
    NOT_NEEDED;

    /** As on the wire, sorted. */
    public static final List<String> WIRES =
            Arrays.stream(values()).map(MessageState::wire).sorted().toList();

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MessageState of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
