package io.ringcode.secret;

import java.time.Instant;
import java.util.UUID;

/** Ids that grow with time (UUID version 7, RFC 9562), so that a primary key alone finds the old rows. */
public final class TimedId {
    private TimedId() {}

    public static UUID at(Instant now) {
        var random = UUID.randomUUID();
        return new UUID(
                now.toEpochMilli() << 16 | 0x7000 | (random.getMostSignificantBits() & 0xFFF),
                random.getLeastSignificantBits());
    }

    /** Greater than every id made before {@code moment}, and not greater than any made from then on. */
    public static UUID floor(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16, 0);
    }
}
