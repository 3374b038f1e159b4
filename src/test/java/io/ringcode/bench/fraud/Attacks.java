package io.ringcode.bench.fraud;

import static io.ringcode.bench.fraud.Sets.DAY;
import static io.ringcode.bench.fraud.Sets.HOUR;
import static io.ringcode.bench.fraud.Sets.MINUTE;

import io.ringcode.bench.fraud.Event.Flow;
import io.ringcode.bench.fraud.Event.Label;
import io.ringcode.bench.fraud.Event.Outcome;
import io.ringcode.bench.fraud.Service.Address;
import io.ringcode.bench.fraud.Service.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Programs that ask for codes which nobody types. */
final class Attacks {
    private final Service service;
    private final Random random;
    private final double passes;
    private double typed;
    private final Random pauses;
    private final boolean even;
    private int serial;

    Attacks(Service service, Random random) {
        this.service = service;
        this.random = random;
        // Apart, so that the rest of a set is what it was.
        this.pauses = new Random(service.tenant.hashCode());
        this.even = pauses.nextBoolean();
        this.passes = List.of(0.0, 0.05, 0.3, 0.6, 0.9).get(random.nextInt(5));
    }

    void add(String scenario, long from) {
        if (service.people.isEmpty()) service.days(from - 8 * HOUR, 1);
        switch (scenario) {
            case "A1" -> oneAddress("A1", from, 200 + random.nextInt(1_300));
            case "A2" -> oneRange(from);
            case "A3" -> spray("A3", from);
            case "A4" -> newPrefixes(from);
            case "A5" -> insideCampaign(from);
            case "A6" -> someTyped(from);
            case "A7" -> calls(from);
            case "A8" -> agedAccounts(from);
            case "A9" -> resends(from);
            case "A10" -> lowAndSlow(from);
            case "A11" -> {
                oneAddress("A11", from, 300 + random.nextInt(500));
                spray("A11", from + 20 * MINUTE);
            }
            case "A12" -> poison(from);
            case "A13" -> onOff(from);
            default -> throw new IllegalArgumentException(scenario);
        }
    }

    /** People whose numbers are in the range come during the attack, and after it. */
    private void peopleOf(String scenario, List<String> ranges, String country, long from, long to) {
        if (random.nextBoolean()) return;
        for (int i = 0; i < 20; i++) {
            var at = i < 8 ? from + (long) ((to - from) * random.nextDouble()) : to + (4 + (i - 8) * 6) * MINUTE;
            var one = service.person(country, in(service.pick(ranges)), at - 60_000, service.home(country));
            service.session(one, Flow.ENROLL, at, scenario, 1);
        }
    }

    private String dear() {
        return service.pick(random.nextInt(4) == 0 ? service.countries : Plans.DEAR);
    }

    private Address rotating(String country) {
        return service.home(random.nextInt(3) == 0 ? service.pick(Plans.HOME) : country);
    }

    private List<Address> pool(int size, String country) {
        var pool = new ArrayList<Address>();
        for (int i = 0; i < size; i++) pool.add(rotating(country));
        return pool;
    }

    private void oneAddress(String scenario, long from, int count) {
        var country = dear();
        var head = service.pick(Plans.heads(country));
        var address = rotating(country);
        int first = random.nextInt(100_000 - 2 * count);
        double gap = 500 * Math.exp(3.5 * random.nextDouble());
        for (int i = 0; i < count; i++)
            ask(scenario, from + Math.round(i * gap), country, head + "%05d".formatted(first + i), address);
        peopleOf(
                scenario,
                List.of(head + "%02d###".formatted(first / 1_000)),
                country,
                from,
                from + Math.round(count * gap));
    }

    private void oneRange(long from) {
        var country = dear();
        var range = range(country, 3 + random.nextInt(3));
        int count = 300 + random.nextInt(1_100);
        for (int i = 0; i < count; i++)
            ask("A2", from + i * MINUTE + random.nextInt(30_000) - 15_000, country, in(range), rotating(country));
        peopleOf("A2", List.of(range), country, from, from + count * MINUTE);
    }

    /** First digits, without the last {@code open}. */
    private String range(String country, int open) {
        var number = Plans.number(service.pick(Plans.heads(country)), random);
        return number.substring(0, number.length() - open) + "#".repeat(open);
    }

    private String in(String range) {
        var number = new StringBuilder(range);
        for (int i = 0; i < number.length(); i++)
            if (number.charAt(i) == '#') number.setCharAt(i, (char) ('0' + random.nextInt(10)));
        return number.toString();
    }

    private void spray(String scenario, long from) {
        var ranges = new ArrayList<String[]>();
        for (int i = 0; i < 40; i++) {
            var country = service.pick(random.nextInt(5) == 0 ? Plans.HOME : Plans.DEAR);
            ranges.add(new String[] {country, range(country, 3 + random.nextInt(3))});
        }
        int count = 600 + random.nextInt(1_200);
        var pool = pool(1 + random.nextInt(400), service.countries.getFirst());
        double gap = (1 + 5 * random.nextDouble()) * HOUR / count;
        for (int i = 0; i < count; i++) {
            var range = service.pick(ranges);
            ask(scenario, from + Math.round(i * gap), range[0], in(range[1]), service.pick(pool));
        }
    }

    private void newPrefixes(long from) {
        var country = dear();
        int count = 500 + random.nextInt(1_500);
        int open = 2 + random.nextInt(4);
        var pool = pool(20 + random.nextInt(500), country);
        double gap = 2_000 + 40_000 * random.nextDouble();
        var range = range(country, open);
        for (int i = 0; i < count; i++) {
            if (i % 20 == 0) range = range(country, open);
            ask("A4", from + Math.round(i * gap), country, in(range), service.pick(pool));
        }
    }

    private void insideCampaign(long from) {
        new HonestCases(service, random).campaign("A5", from);
        var country = random.nextInt(3) == 0 ? dear() : service.countries.getFirst();
        var ranges = new ArrayList<String>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) ranges.add(range(country, 3 + random.nextInt(3)));
        int count = 400 + random.nextInt(900);
        for (int i = 0; i < count; i++)
            ask(
                    "A5",
                    from + (long) (70 * MINUTE * random.nextDouble()),
                    country,
                    in(service.pick(ranges)),
                    rotating(country));
    }

    private void someTyped(long from) {
        typed = 0.05 + 0.25 * random.nextDouble();
        var country = dear();
        var ranges = new ArrayList<String>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) ranges.add(range(country, 4));
        int count = 400 + random.nextInt(1_000);
        double gap = 3_000 + 40_000 * random.nextDouble();
        for (int i = 0; i < count; i++)
            ask("A6", from + Math.round(i * gap), country, in(service.pick(ranges)), rotating(country));
        peopleOf("A6", ranges, country, from, from + Math.round(count * gap));
    }

    /** A few dozen numbers that are called over and over, longer than people's where the plan allows it. */
    private void calls(long from) {
        var country = service.pick(Plans.DEAR);
        var numbers = new ArrayList<String>();
        var range = range(country, 3) + (random.nextBoolean() ? "#" : "");
        for (int i = 0; i < 10 + random.nextInt(60); i++) numbers.add(in(range));
        int count = 120 + random.nextInt(400);
        double gap = 5_000 + 60_000 * random.nextDouble();
        for (int i = 0; i < count; i++) {
            var at = from + Math.round(i * gap);
            emit(
                    "A7",
                    at,
                    Flow.ENROLL,
                    stranger(country, service.pick(numbers), at),
                    rotating(country),
                    true,
                    0.3 + random.nextDouble());
        }
    }

    private void agedAccounts(long from) {
        var country = dear();
        var range = range(country, 4);
        var victims = new ArrayList<Person>();
        for (int i = 0; i < Math.min(60, service.people.size()); i++) victims.add(service.pick(service.people));
        int count = 300 + random.nextInt(600);
        double gap = 5_000 + 60_000 * random.nextDouble();
        for (int i = 0; i < count; i++) {
            var victim = service.pick(victims);
            var changed = new Person(
                    victim.user(),
                    victim.createdAt(),
                    country,
                    in(range),
                    victim.home(),
                    victim.mobile(),
                    victim.pages());
            emit(
                    "A8",
                    from + Math.round(i * gap),
                    Flow.ENROLL,
                    changed,
                    rotating(country),
                    false,
                    0.1 + 0.2 * random.nextDouble());
        }
    }

    private void resends(long from) {
        var country = dear();
        int numbers = 4 + random.nextInt(16);
        double gap = 20_000 + 100_000 * random.nextDouble();
        for (int n = 0; n < numbers; n++) {
            var person = stranger(country, in(range(country, 5)), from);
            var address = rotating(country);
            for (int i = 0; i < 60; i++)
                emit(
                        "A9",
                        from + n * 7_000L + Math.round(i * gap),
                        i % 6 == 0 ? Flow.ENROLL : Flow.RESEND,
                        person,
                        address,
                        false,
                        0.15);
        }
    }

    private void lowAndSlow(long from) {
        int count = Math.max(30, Math.round(service.perDay * 14 * 0.005f));
        var country = dear();
        var ranges = new ArrayList<String>();
        for (int i = 0; i < 1 + random.nextInt(2); i++) ranges.add(range(country, 3 + random.nextInt(3)));
        for (int i = 0; i < count; i++)
            ask(
                    "A10",
                    from + (long) (13 * DAY * random.nextDouble()),
                    country,
                    in(service.pick(ranges)),
                    rotating(country));
    }

    /** Codes for numbers of a small country's people, so that the guard closes it. */
    private void poison(long from) {
        var country = service.countries.getLast();
        var pool = pool(100, country);
        int count = 300 + random.nextInt(500);
        double gap = 4_000 + 30_000 * random.nextDouble();
        for (int i = 0; i < count; i++)
            ask("A12", from + Math.round(i * gap), country, service.mobile(country), service.pick(pool));
    }

    private void onOff(long from) {
        var country = dear();
        var ranges = new ArrayList<String>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) ranges.add(range(country, 3 + random.nextInt(3)));
        var pause = (12 + random.nextInt(60)) * MINUTE;
        var at = from;
        for (int burst = 0; burst < 25; burst++) {
            int size = 5 + random.nextInt(14);
            for (int i = 0; i < size; i++)
                ask("A13", at + i * 4_000L, country, in(service.pick(ranges)), rotating(country));
            at += pause;
        }
        peopleOf("A13", ranges, country, from, at);
    }

    private void ask(String scenario, long at, String country, String number, Address address) {
        emit(
                scenario,
                at,
                Flow.ENROLL,
                stranger(country, number, at),
                address,
                false,
                0.01 + 0.05 * Service.price(country));
    }

    private Person stranger(String country, String number, long at) {
        return service.person(country, number, at - random.nextInt(3_600_000), service.home(country));
    }

    /** Half of the programs wait for the same time each time, but for what the network adds; the others for any. */
    private long pause() {
        return even ? Math.round(Math.abs(pauses.nextGaussian()) * 80) : pauses.nextInt(8_000);
    }

    private void emit(
            String scenario, long at, Flow flow, Person person, Address address, boolean voice, double price) {
        var code = random.nextDouble() < typed;
        var delivered = random.nextDouble() < 0.8;
        service.emit(
                at + pause(),
                flow,
                "s-" + service.tenant + "-a" + (flow == Flow.RESEND ? serial : ++serial),
                person,
                address,
                voice,
                price,
                new Outcome(
                        delivered ? 3_000L : null,
                        delivered ? "delivered" : random.nextInt(5) == 0 ? "unknown-subscriber" : "none",
                        delivered ? 3_500L : 9_000L,
                        code ? 6_000L + random.nextInt(60_000) : null,
                        0,
                        random.nextDouble() < passes,
                        500 + random.nextInt(4_000)),
                new Label(true, scenario),
                random.nextBoolean());
    }
}
