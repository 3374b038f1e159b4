package io.ringcode.delivery.routing;

import java.time.Duration;
import java.time.Instant;

/**
 * Requests for one message that a carrier has not answered, so that it may have the message. It is not given the same again
 * at once, since a carrier whose API hangs would deliver it each time; longer each time, and much longer than after a failure
 * that is sure.
 *
 * @param times how many such requests there were
 * @param last when the last one ended
 */
public record NoAnswer(int times, Instant last) {
    private static final Duration FIRST = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofSeconds(80);

    /** When the carrier may be given the message again, at the earliest: 20, 40, 80, 80 … seconds later. */
    public Instant over() {
        var wait = FIRST.multipliedBy(1L << Math.min(times - 1, 10));
        return last.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }
}
