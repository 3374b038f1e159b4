package io.ringcode.fraud.traffic;

import java.time.Duration;

/** What was spent for each code that came back, where prices are known. */
final class CostPerCode {
    private static final double FORTNIGHT = Duration.ofDays(14).toMillis();
    /** Ten times the usual cost is as much as two thirds of a code that nobody typed: dear numbers are what programs want, and people have them too. */
    private static final double WEIGHT = 0.3;

    private static final double MOST = 0.8;

    final Decayed spent = new Decayed(FORTNIGHT);
    final Decayed back = new Decayed(FORTNIGHT);

    void spent(double price, long now) {
        spent.add(price, now);
    }

    void cameBack(long now) {
        back.add(1, now);
    }

    void restore(double storedSpent, double storedBack, long at, long now) {
        spent.restore(storedSpent, at, now);
        back.restore(storedBack, at, now);
    }

    private double each(long now) {
        return spent.at(now) / (back.at(now) + 1);
    }

    /** What it says against a scope, in nats, that its codes cost more than the tenant's do. */
    double nats(CostPerCode tenant, long now) {
        var usual = tenant.each(now);
        var here = each(now);
        return usual <= 0 || here <= usual ? 0 : Math.min(MOST, WEIGHT * Math.log(here / usual));
    }
}
