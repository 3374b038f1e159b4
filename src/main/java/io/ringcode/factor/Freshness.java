package io.ringcode.factor;

import java.time.Duration;
import java.time.Instant;

/**
 * How old a proof may be where people manage their own methods: whoever finds an application open must not bind or remove one.
 * Of who is enrolled a second factor counts, of who is not yet the first.
 */
public final class Freshness {
    /** As Auth0's My Account API has it. */
    public static final Duration LIFE = Duration.ofMinutes(15);

    private Freshness() {}

    /** @param provedAt when the last of what {@code amr} says was proved */
    public static boolean holds(UsableFactors having, Amr amr, Instant provedAt, Instant now) {
        return (amr.multiFactor() || !having.enrolled()) && now.isBefore(provedAt.plus(LIFE));
    }
}
