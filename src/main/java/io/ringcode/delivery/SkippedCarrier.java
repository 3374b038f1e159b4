package io.ringcode.delivery;

/**
 * A carrier of a route that an attempt passed over.
 *
 * @param reason {@link #LEFT_ALONE} and the like, or the code with which it had just failed
 */
public record SkippedCarrier(String provider, String reason) {
    /** Its circuit breaker is open. */
    public static final String LEFT_ALONE = "left_alone";

    /** It has refused this message for good. */
    public static final String REFUSED = "refused";

    /** It may have this message: it did not answer a short while ago. */
    public static final String NO_ANSWER = "no_answer";

    /** The tenant's account does not suffice. */
    public static final String NOT_SET_UP = "not_set_up";

    /** As the table keeps it: {@code name:reason}. */
    public String stored() {
        return provider + ":" + reason;
    }

    public static SkippedCarrier of(String stored) {
        var parts = stored.split(":", 2);
        return new SkippedCarrier(parts[0], parts[1]);
    }
}
