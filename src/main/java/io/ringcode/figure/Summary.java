package io.ringcode.figure;

import java.time.LocalDate;
import java.util.List;

/**
 * A tenant's figures over some days.
 *
 * @param days each day, the first one first, also those without messages
 * @param countries the busiest first
 * @param carriers the busiest first
 * @param limits the most frequent first
 */
public record Summary(
        Sums total, List<OfDay> days, List<OfCountry> countries, List<OfCarrier> carriers, List<OfLimit> limits) {
    public record OfDay(LocalDate day, Sums sums) {}

    /**
     * One hour of a day (UTC).
     *
     * @param hour 0 to 23
     * @param accepted as {@link OfCarrier#accepted}, as is {@code delivered}
     */
    public record OfHour(int hour, Sums sums, Latency accepted, Latency delivered) {}

    /** @param country ISO 3166; empty where it is not known */
    public record OfCountry(String country, Sums sums) {}

    /**
     * @param accepted from being asked for until the carrier took it
     * @param delivered from being asked for until the carrier reported the arrival
     */
    public record OfCarrier(String provider, String channel, Sums sums, Latency accepted, Latency delivered) {}

    /**
     * Milliseconds; of days, read off a histogram: right to the width of a bucket.
     *
     * @param of how many messages; the others are 0 where it is
     */
    public record Latency(long of, long p50, long p95) {}

    /**
     * @param what as the log describes it
     * @param query that finds these lines in the log
     */
    public record OfLimit(String what, String query, long events) {}
}
