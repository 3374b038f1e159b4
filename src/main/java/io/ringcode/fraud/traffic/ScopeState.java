package io.ringcode.fraud.traffic;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The counters of one scope. */
final class ScopeState {
    private static final double PROVED = Duration.ofDays(14).toMillis();
    private static final double RATE = Duration.ofMinutes(5).toMillis();
    private static final double PEAK = Duration.ofHours(3).toMillis();

    /** Messages that may go to a scope although it is refused, to see whether people are back: so many at once. */
    private static final double PROBES = 2;
    /** And one more in so long. */
    private static final double PROBE_MILLIS = Duration.ofDays(6).toMillis();
    /** Between two of them, at least. */
    private static final long PROBE_PAUSE = Duration.ofMinutes(10).toMillis();

    private static final long LONG_AGO = Duration.ofHours(1).toMillis();
    /** Requests in five minutes. */
    private static final double FAST = 2.5;
    /** An attack is over when fewer than this share of its most requests come. */
    private static final double CALM = 0.3;

    final Scope scope;
    final ScopeKind kind;
    /** What codes whose life is over say, in nats. */
    final Decayed evidence;
    /** Codes that came back. */
    final Decayed verified = new Decayed(PROVED);
    /** Codes that never came back. */
    final Decayed untyped = new Decayed(PROVED);
    /** Weight of codes that wait, by age. */
    final double[] waiting = new double[Age.COUNT];
    /** Weight of codes that were typed and whose life is not over. */
    double typed;

    private final CostPerCode cost = new CostPerCode();
    private @Nullable RequestIntervals spacing;
    final Decayed refused = new Decayed(RATE);
    final Decayed peak = new Decayed(PEAK);
    private double probes = PROBES;
    private long probesAt;
    private long lastProbe;
    private long refusedFrom;
    private boolean changed;
    /** What happened until then was stored, and is here already. */
    private long storedAt = Long.MIN_VALUE;

    ScopeState(Scope scope) {
        this.scope = scope;
        this.kind = scope.kind();
        this.evidence = new Decayed(kind.halfLifeMillis());
    }

    /** @param guilt the part of an untyped code's weight that one which was just sent weighs */
    double evidence(CodeEvidence odds, double guilt, boolean withWaiting, long now) {
        double sum = evidence.at(now);
        if (!withWaiting) return sum;
        sum += typed * odds.verified();
        for (int age = 0; age < waiting.length; age++)
            sum += waiting[age] * Math.max(odds.waiting()[age], guilt * odds.untyped());
        return sum;
    }

    /** How many times the usual evidence it needs, since codes come back from here. */
    double standing(long now) {
        return 1 + Math.min(1, Math.log1p(proven(now)) / 4);
    }

    /** Codes that came back, which count less where many did not: some programs have a part of their codes typed. */
    double proven(long now) {
        var came = verified.at(now);
        if (came == 0) return 0;
        var share = came / (came + untyped.at(now));
        return came * Math.clamp((share - 0.4) / 0.3, 0, 1);
    }

    /** One more message that was asked for on a page. @return whether they come in even intervals */
    boolean comesEvenly(long now) {
        var known = spacing;
        if (known == null) spacing = known = new RequestIntervals();
        return known.next(now);
    }

    void spent(double price, long now) {
        if (now > storedAt) cost.spent(price, now);
    }

    /** A code with a known price came back. */
    void paidFor(long now) {
        if (now > storedAt) cost.cameBack(now);
    }

    /** What it says against the scope that its codes cost more than the tenant's do, in nats. */
    double cost(CostPerCode tenant, long now) {
        return cost.nats(tenant, now);
    }

    /** A code's life is over. */
    void add(double nats, long now) {
        if (now <= storedAt) return;
        // So that a few codes that come back are enough to restore it, whatever was sent before.
        var most = kind.mayRefuse() ? (kind.refuse() + 2) * standing(now) : 3 * kind.challenge() * standing(now);
        evidence.set(Math.clamp(evidence.at(now) + nats, kind.floor(), most), now);
        changed = true;
    }

    void refused(long now) {
        changed = true;
        if (refusedFrom == 0 || now - refused.last() > LONG_AGO) refusedFrom = now;
        refused.add(1, now);
        if (refused.at(now) > peak.at(now)) peak.set(refused.at(now), now);
    }

    /** Whether one message may go although the scope is refused. */
    boolean mayProbe(long now) {
        if (refusedFrom == 0 || now - refusedFrom < PROBE_PAUSE || now - lastProbe < 2 * PROBE_PAUSE) return false;
        if (refused.at(now) > CALM * peak.at(now)) return false;
        // Where requests came fast, calm says that the attack is over. One that comes slowly is always calm.
        return probesAt(now) >= 1 || peak.at(now) >= FAST;
    }

    void probe(long now) {
        if (now <= storedAt) return;
        probes = Math.max(0, probesAt(now) - 1);
        probesAt = now;
        lastProbe = now;
    }

    /** A code that was sent to see came back. */
    void probeTyped(long now) {
        if (now <= storedAt) return;
        probes = Math.min(PROBES, probesAt(now) + 1);
        probesAt = now;
        refusedFrom = 0;
        add(-2, now);
    }

    private double probesAt(long now) {
        return probesAt == 0 ? probes : Math.min(PROBES, probes + (now - probesAt) / PROBE_MILLIS);
    }

    /** When the next message may go by itself, as far as is known. */
    long until(long now) {
        var next = Math.max(now, Math.max(lastProbe + 2 * PROBE_PAUSE, refusedFrom + PROBE_PAUSE));
        var peakNow = peak.at(now);
        if (peakNow > 0 && refused.at(now) > CALM * peakNow)
            next = Math.max(next, now + Math.round(RATE / Math.log(2) * Math.log(refused.at(now) / (CALM * peakNow))));
        if (probesAt(now) < 1 && peakNow < FAST)
            next = Math.max(next, now + Math.round((1 - probesAt(now)) * PROBE_MILLIS));
        return next;
    }

    void came(long now) {
        if (now <= storedAt) return;
        verified.add(1, now);
        changed = true;
    }

    void cameNot(double more, long now) {
        if (now <= storedAt) return;
        untyped.add(more, now);
        changed = true;
    }

    long lastRefused() {
        return refused.last();
    }

    /** Whether it is worth more than another when memory is full. */
    boolean hasHistory(long now) {
        return proven(now) >= 2 || evidence.at(now) >= 3;
    }

    /** Whether a server that starts anew would judge otherwise without it. */
    boolean isWorthKeeping(long now) {
        // One code that was typed or not says too little to be a row.
        var nats = evidence.at(now);
        return nats >= 0.9 || nats <= -1.5 || proven(now) >= 2 || refused.last() > 0;
    }

    boolean isChanged() {
        return changed;
    }

    void release(long now) {
        double waits = 0;
        for (var each : waiting) waits += each;
        evidence.set(-waits, now);
        untyped.set(0, now);
        refused.set(0, 0);
        peak.set(0, now);
        refusedFrom = 0;
        probes = PROBES;
        changed = true;
    }

    /** As it is stored. */
    double[] sums(long now) {
        changed = false;
        return new double[] {
            evidence.at(now),
            verified.at(now),
            untyped.at(now),
            refused.at(now),
            refused.last(),
            peak.at(now),
            probesAt(now),
            lastProbe,
            refusedFrom,
            cost.spent.at(now),
            cost.back.at(now)
        };
    }

    void restore(double[] sums, long at, long now) {
        storedAt = at;
        evidence.restore(sums[0], at, now);
        verified.restore(sums[1], at, now);
        untyped.restore(sums[2], at, now);
        refused.set(sums[3], (long) sums[4]);
        peak.restore(sums[5], at, now);
        probes = sums[6];
        probesAt = at;
        lastProbe = (long) sums[7];
        refusedFrom = (long) sums[8];
        // Rows of before prices were counted are shorter.
        if (sums.length > 9) cost.restore(sums[9], sums[10], at, now);
    }
}
