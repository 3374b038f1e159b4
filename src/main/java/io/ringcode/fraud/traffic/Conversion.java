package io.ringcode.fraud.traffic;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The share of codes that are typed, of one tenant. Those who have typed a code in the last 90 days are the control group: while their
 * codes fail as well, a carrier fails and nobody attacks. What a country's people do who are new is measured beside it.
 */
final class Conversion {
    private static final double NOW = Duration.ofMinutes(12).toMillis();
    private static final double FORTNIGHT = Duration.ofDays(14).toMillis();
    private static final int MOST_COUNTRIES = 300;
    private static final int MOST_RANGES = 1_000;

    /** Before anything is known: between what good and bad services report. */
    private static final double USUAL = 0.8;

    /** The ages at which codes are typed: 45 % within 20 s, 85 % within a minute, 97 % within two and a half. */
    private static final double[] USUAL_AT = {0.45, 0.4, 0.12, 0.03};

    /** As many codes as the prior counts for. */
    private static final double PRIOR = 20;

    private static final double PRIOR_OF_NOW = 8;
    /** Of few people; it is only asked for what speaks for them. */
    private static final double PRIOR_OF_RANGE = 4;
    /** People who are new type fewer codes: they mistype their number, or think better of it. */
    private static final double NEW_PEOPLE = 0.88;

    private static final double NEW_PEOPLE_AT_LEAST = 0.72;
    private static final double LEAST_OF_COUNTRY = 0.65;

    private static final class Share {
        final Decayed sent;
        final Decayed typed;

        Share(double halfLife) {
            this.sent = new Decayed(halfLife);
            this.typed = new Decayed(halfLife);
        }

        void add(boolean wasTyped, double weight, long now) {
            sent.add(weight, now);
            if (wasTyped) typed.add(weight, now);
        }

        double of(double prior, double weight, long now) {
            return (typed.at(now) + weight * prior) / (sent.at(now) + weight);
        }
    }

    private static final class Country {
        final Share controlNow = new Share(NOW);
        final Share control = new Share(FORTNIGHT);
        final Share others = new Share(FORTNIGHT);
        /** Codes of the control group whose life is not over: those that wait, by age, and those that were typed. */
        final double[] waiting = new double[Age.COUNT];

        double typed;
        boolean changed;
        /** What happened until then was stored, and is here already. */
        long storedAt = Long.MIN_VALUE;

        /** Of the codes that would be typed by now, were all as usual. */
        double now(double prior, double weight, double[] typedBy, long now) {
            double due = typed;
            for (int age = 0; age < waiting.length; age++) due += waiting[age] * typedBy[age];
            return (controlNow.typed.at(now) + typed + weight * prior) / (controlNow.sent.at(now) + due + weight);
        }
    }

    private final Country all = new Country();
    private final CostPerCode cost = new CostPerCode();
    private final Map<String, Country> countries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Country> eldest) {
            return size() > MOST_COUNTRIES;
        }
    };
    /**
     * A carrier may fail one network of a country alone. Of ranges only the present minutes are known, and nothing is stored. Only codes count whose
     * number the account has confirmed before: whoever proved himself elsewhere could leave codes of a range untyped to have it spared.
     */
    private final Recent<String, Country> ranges = new Recent<>(MOST_RANGES);

    /** One for all codes that are counted together, which share it. */
    private final Recent<Group, Group> groups = new Recent<>(MOST_RANGES);

    private final Decayed[] typedAt = new Decayed[Age.COUNT];
    private final Set<Signal> signals;

    Conversion(Set<Signal> signals) {
        this.signals = signals;
        for (int age = 0; age < typedAt.length; age++) typedAt[age] = new Decayed(FORTNIGHT);
    }

    /** What the tenant's codes cost, whatever becomes of them. */
    CostPerCode cost() {
        return cost;
    }

    /** Whether a moment is past what was stored, and so is not here yet. */
    boolean isNews(long at) {
        return at > all.storedAt;
    }

    /**
     * What a code is counted with.
     *
     * @param range the number's first digits, as in {@link MessageRequest#prefix}
     * @param confirmed whether the account has typed a code that was sent to the number before
     */
    record Group(String country, String range, boolean confirmed) {}

    Group group(MessageRequest ask) {
        return groups.computeIfAbsent(new Group(ask.country(), ask.prefix(5), ask.confirmed()), group -> group);
    }

    /** A code of the control group, or of others, whose life is over. */
    void matured(Group group, boolean control, boolean typed, double weight, long now) {
        if (group.confirmed()) range(group).controlNow.add(typed, weight, now);
        var here = country(group);
        for (var each : new Country[] {all, here}) {
            each.changed = true;
            if (now <= each.storedAt) continue;
            if (control) {
                each.controlNow.add(typed, weight, now);
                each.control.add(typed, weight, now);
            } else each.others.add(typed, weight, now);
        }
    }

    /** A code of the control group begins to wait, grows older, or waits no longer. */
    void waits(Group group, int age, double more) {
        for (var each : of(group)) each.waiting[age] = Math.max(0, each.waiting[age] + more);
    }

    /** A code of the control group was typed, or its life is over. */
    void typed(Group group, double more) {
        for (var each : of(group)) each.typed = Math.max(0, each.typed + more);
    }

    private List<Country> of(Group group) {
        return group.confirmed() ? List.of(all, country(group), range(group)) : List.of(all, country(group));
    }

    private Country country(Group group) {
        return countries.computeIfAbsent(group.country(), _ -> new Country());
    }

    private Country range(Group group) {
        return ranges.computeIfAbsent(group.range(), _ -> new Country());
    }

    /** What is stored, by country; the empty name stands for all. Of the present minutes nothing is. */
    Map<String, double[]> changed(long now) {
        var changed = new HashMap<String, double[]>();
        countries.forEach((name, country) -> put(changed, name, country, now));
        put(changed, "", all, now);
        changed.computeIfPresent("", (_, sums) -> withCost(sums, now));
        return changed;
    }

    private double[] withCost(double[] sums, long now) {
        var both = Arrays.copyOf(sums, 6);
        both[4] = cost.spent.at(now);
        both[5] = cost.back.at(now);
        return both;
    }

    private static void put(Map<String, double[]> changed, String name, Country country, long now) {
        if (!country.changed) return;
        country.changed = false;
        changed.put(name, new double[] {
            country.control.sent.at(now),
            country.control.typed.at(now),
            country.others.sent.at(now),
            country.others.typed.at(now)
        });
    }

    void restore(String name, double[] sums, long at, long now) {
        var country = name.isEmpty() ? all : countries.computeIfAbsent(name, _ -> new Country());
        country.storedAt = at;
        country.control.sent.restore(sums[0], at, now);
        country.control.typed.restore(sums[1], at, now);
        country.others.sent.restore(sums[2], at, now);
        country.others.typed.restore(sums[3], at, now);
        // Rows of before prices were counted are shorter.
        if (sums.length > 4) cost.restore(sums[4], sums[5], at, now);
    }

    void typedAfter(long millis, long now) {
        typedAt[Age.of(millis)].add(1, now);
    }

    CodeEvidence odds(Group group, long now) {
        var typedBy = typedBy(now);
        return CodeEvidence.of(typed(group, typedBy, now), typedBy);
    }

    private double typed(Group group, double[] typedBy, long now) {
        if (!signals.contains(Signal.CONTROL_GROUP)) return USUAL * NEW_PEOPLE;
        var here = countries.get(group.country());
        var past = all.control.of(USUAL, PRIOR, now);
        var current = all.now(past, PRIOR_OF_NOW, typedBy, now);
        var ratio = Math.clamp(all.others.of(past * NEW_PEOPLE, 3 * PRIOR, now) / past, NEW_PEOPLE_AT_LEAST, 1);
        if (here == null) return bounded(current * ratio);
        var herePast = here.control.of(past, PRIOR, now);
        // What happens to the whole tenant now happens here as well.
        var hereNow = here.now(herePast * current / past, PRIOR_OF_NOW, typedBy, now);
        var range = ranges.get(group.range());
        if (range != null && signals.contains(Signal.CONTROL_RANGES))
            hereNow = Math.min(hereNow, range.now(hereNow, PRIOR_OF_RANGE, typedBy, now));
        var others = Math.max(LEAST_OF_COUNTRY, here.others.of(herePast * ratio, PRIOR, now));
        return bounded(Math.min(hereNow * ratio, others * Math.min(1, hereNow / herePast)));
    }

    private static double bounded(double share) {
        return Math.clamp(share, 0.02, 0.93);
    }

    private double[] typedBy(long now) {
        var by = new double[Age.COUNT];
        double before = 0;
        for (int age = 0; age < by.length; age++) {
            by[age] = before;
            before += typedAt[age].at(now) + USUAL_AT[age] * 2 * PRIOR;
        }
        for (int age = 0; age < by.length; age++) by[age] /= before;
        return by;
    }
}
