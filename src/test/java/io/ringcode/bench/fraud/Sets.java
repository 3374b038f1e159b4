package io.ringcode.bench.fraud;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A seeded generator: for each scenario a tenant with a past of quiet days, and then what the scenario is about. */
final class Sets {
    static final List<String> SCENARIOS = List.of(
            "Q0", "H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9",
            "A10", "A11", "A12", "A13");
    private static final long BEGIN = Instant.parse("2031-03-03T00:00:00Z").toEpochMilli();
    static final long DAY = Duration.ofDays(1).toMillis();
    static final long HOUR = Duration.ofHours(1).toMillis();
    static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private Sets() {}

    static List<Event> all(long seed, List<String> scenarios) {
        var events = new ArrayList<Event>();
        for (var scenario : scenarios) events.addAll(of(scenario, seed));
        events.sort(Comparator.comparingLong(Event::at).thenComparing(Event::id));
        return events;
    }

    static List<Event> of(String scenario, long seed) {
        var random = new Random(seed * 1_000_003 + scenario.hashCode());
        var service = new Service(scenario.toLowerCase(java.util.Locale.ROOT) + "-" + seed, random);
        if (random.nextInt(5) > 0) service.settle(BEGIN);
        // Some services have just begun, and some attacks come on the first day.
        int past = scenario.equals("A10") ? 2 : random.nextInt(5);
        service.days(BEGIN, past);
        var from = BEGIN + past * DAY + Math.round((6 + random.nextInt(10)) * (double) HOUR);
        if (scenario.startsWith("H")) new HonestCases(service, random).add(scenario, from);
        else if (scenario.startsWith("A")) new Attacks(service, random).add(scenario, from);
        service.days(BEGIN + past * DAY, scenario.equals("A10") ? 14 : scenario.equals("Q0") ? 5 : 2);
        service.events.sort(Comparator.comparingLong(Event::at).thenComparing(Event::id));
        return service.events;
    }
}
