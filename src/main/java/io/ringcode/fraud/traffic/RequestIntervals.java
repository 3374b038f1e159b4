package io.ringcode.fraud.traffic;

/**
 * Whether requests come in even intervals, as a loop with a pause makes them. People come as they like: that the next interval of a
 * Poisson process is within a tenth of the last one has a probability of 5 %, and four times in a row of 6 in a million.
 */
final class RequestIntervals {
    /** Intervals alike, one after the other. */
    private static final int RUN = 5;

    private static final double TOLERANCE = 0.1;
    /** What a network adds to a pause of a minute is no more than what it adds to one of two seconds. */
    private static final double MOST_TOLERANCE = 200;

    private long last;
    private double interval;
    private int run;

    /** One more request. @return whether it came as evenly as several before it */
    boolean next(long now) {
        double since = now - last;
        last = Math.max(last, now);
        // Of two at once, as servers tell each other of them, the order is chance.
        if (since <= 0) return false;
        if (run > 0 && Math.abs(since - interval) <= Math.min(TOLERANCE * interval, MOST_TOLERANCE)) {
            run++;
            interval += (since - interval) / run;
        } else {
            interval = since;
            run = 1;
        }
        return run >= RUN;
    }
}
