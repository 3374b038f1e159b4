package io.ringcode.fraud.traffic;

/** A sum that forgets half of itself in each half-life. */
final class Decayed {
    private final double halfLifeMillis;
    private double sum;
    private long at;

    Decayed(double halfLifeMillis) {
        this.halfLifeMillis = halfLifeMillis;
    }

    double at(long now) {
        return sum == 0 || now <= at ? sum : sum * factor(now - at, halfLifeMillis);
    }

    void add(double more, long now) {
        sum = at(now) + more;
        at = Math.max(at, now);
    }

    void set(double value, long now) {
        sum = value;
        at = now;
    }

    /** What was summed at another time, beside what is here already. */
    void restore(double stored, long storedAt, long now) {
        if (sum == 0) set(stored, storedAt);
        else add(stored * factor(Math.max(0, now - storedAt), halfLifeMillis), now);
    }

    long last() {
        return at;
    }

    static double factor(long millis, double halfLifeMillis) {
        return Math.exp(-Math.log(2) * millis / halfLifeMillis);
    }
}
