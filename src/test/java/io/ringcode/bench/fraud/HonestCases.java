package io.ringcode.bench.fraud;

import static io.ringcode.bench.fraud.Sets.HOUR;
import static io.ringcode.bench.fraud.Sets.MINUTE;

import io.ringcode.bench.fraud.Event.Flow;
import io.ringcode.bench.fraud.Event.Label;
import io.ringcode.bench.fraud.Event.Outcome;
import io.ringcode.bench.fraud.Service.Address;
import java.util.HashSet;
import java.util.Random;

/** Honest traffic that looks like an attack to a simple rule. */
final class HonestCases {
    private final Service service;
    private final Random random;

    HonestCases(Service service, Random random) {
        this.service = service;
        this.random = random;
    }

    void add(String scenario, long from) {
        // Somebody is there already.
        if (service.people.isEmpty()) service.days(from - 8 * HOUR, 1);
        switch (scenario) {
            case "H1" -> campaign("H1", from);
            case "H2" -> launch(from);
            case "H3" -> office(from);
            case "H4" -> outage(from);
            case "H5" -> tourists(from);
            case "H6" -> slowRoute(from);
            case "H7" -> festival(from);
            case "H8" -> loadTest(from);
            default -> throw new IllegalArgumentException(scenario);
        }
    }

    /** Twenty times what an hour usually has, most of them new. */
    void campaign(String scenario, long from) {
        var country = service.countries.getFirst();
        int count = Math.clamp(Math.round(20 * service.perDay / 18f), 300, 4_000);
        for (int i = 0; i < count; i++) {
            var at = from + (long) (HOUR * Math.pow(random.nextDouble(), 1.4));
            if (random.nextDouble() < 0.75)
                service.session(service.newPerson(country, at - 60_000), Flow.ENROLL, at, scenario, 1);
            else service.session(service.pick(service.people), Flow.SIGN_IN, at, scenario, 1);
        }
    }

    private void launch(long from) {
        var fresh = service.pick(random.nextBoolean() ? Plans.DEAR : Plans.SMALL);
        if (service.countries.contains(fresh)) fresh = "NO";
        int count = 300 + random.nextInt(600);
        var length = (2 + random.nextInt(12)) * HOUR;
        for (int i = 0; i < count; i++) {
            var at = from + (long) (length * random.nextDouble());
            service.session(service.newPerson(fresh, at - 60_000), Flow.ENROLL, at, "H2", 1);
        }
    }

    private void office(long from) {
        var country = service.countries.getFirst();
        var address =
                new Address("185.12." + random.nextInt(256) + ".9", 64_000 + random.nextInt(99), "business", country);
        var head = service.pick(Plans.heads(country));
        int first = random.nextInt(99_000);
        var length = (long) ((0.5 + 3 * random.nextDouble()) * HOUR);
        for (int i = 0; i < 300; i++) {
            var at = from
                    + (long) (length * (random.nextInt(5) == 0 ? random.nextDouble() : i / 300.0))
                    + random.nextInt(20_000);
            var one = service.person(country, head + "%05d".formatted(first + i), at - 3_600_000, address);
            var here = new Service.Person(
                    one.user(), one.createdAt(), country, one.phone(), address, address, one.pages());
            service.session(here, Flow.ENROLL, at, "H3", 1.05);
        }
    }

    /** A carrier, or all carriers of a country, deliver nothing for a while; people ask again and again. */
    private void outage(long from) {
        var country = service.countries.getFirst();
        var length = (20 + random.nextInt(60)) * MINUTE;
        var heads = Plans.heads(country);
        var whole = random.nextBoolean();
        var hit = new HashSet<>(heads.subList(0, Math.max(1, heads.size() / 3)));
        service.weather = (person, at) -> {
            var here = person.country().equals(country)
                    && (whole
                            || hit.contains(
                                    person.phone().substring(0, person.phone().length() - 5)));
            return here && at >= from && at < from + length ? new double[] {0.03, 1} : new double[] {1, 1};
        };
        int count = 300 + random.nextInt(400);
        for (int i = 0; i < count; i++) {
            var at = from - 10 * MINUTE + (long) ((length + 40 * MINUTE) * random.nextDouble());
            if (random.nextDouble() < 0.3)
                service.session(service.newPerson(country, at - 60_000), Flow.ENROLL, at, "H4", 1);
            else service.session(service.pick(service.people), Flow.SIGN_IN, at, "H4", 1);
        }
    }

    private void tourists(long from) {
        var here = service.countries.getFirst();
        var hotel = new Address("194.7.3." + random.nextInt(256), 64_200, "business", here);
        for (int i = 0; i < 320; i++) {
            var at = from + (long) (20 * HOUR * random.nextDouble());
            var all = random.nextInt(3) == 0 ? Plans.DEAR : random.nextInt(3) == 0 ? Plans.SMALL : Plans.HOME;
            var country = service.pick(all);
            var address = random.nextInt(3) == 0 ? hotel : service.nat(here);
            var one = service.person(country, service.mobile(country), at - 60_000, address);
            var tourist = new Service.Person(
                    one.user(), one.createdAt(), country, one.phone(), address, address, one.pages());
            service.session(tourist, Flow.ENROLL, at, "H5", 0.97);
        }
    }

    private void slowRoute(long from) {
        var country = service.countries.getFirst();
        var length = (3 + random.nextInt(6)) * HOUR;
        service.weather = (person, at) -> person.country().equals(country) && at >= from && at < from + length
                ? new double[] {0.7, 12 + 12 * random.nextDouble()}
                : new double[] {1, 1};
        for (int i = 0; i < 350; i++) {
            var at = from + (long) (length * random.nextDouble());
            if (random.nextDouble() < 0.35)
                service.session(service.newPerson(country, at - 60_000), Flow.ENROLL, at, "H6", 1);
            else service.session(service.pick(service.people), Flow.SIGN_IN, at, "H6", 1);
        }
    }

    /** Thousands of people in one field, behind a few addresses of the carriers there. */
    private void festival(long from) {
        var country = service.countries.getFirst();
        int count = 400 + random.nextInt(700);
        for (int i = 0; i < count; i++) {
            var at = from + (long) (3 * HOUR * random.nextDouble());
            var cell = new Address("101.44.9." + random.nextInt(4), 20_001 + random.nextInt(2), "mobile", country);
            var one = service.person(country, service.mobile(country), at - 60_000, cell);
            var guest = new Service.Person(one.user(), one.createdAt(), country, one.phone(), cell, cell, one.pages());
            service.session(guest, Flow.ENROLL, at, "H7", 0.95);
        }
    }

    /** A script of the operator's own reads the codes and types them; it cannot do a challenge. */
    private void loadTest(long from) {
        var country = service.countries.getFirst();
        var machine = new Address("51.15.80." + random.nextInt(256), 16_276, "hosting", country);
        var head = service.pick(Plans.heads(country));
        int count = 800 + random.nextInt(1_200);
        var perSecond = 0.5 + 6 * random.nextDouble();
        double at = from;
        for (int i = 0; i < count; i++) {
            // Tests start slowly.
            at += 1_000 / (perSecond * Math.min(1, 0.1 + i / 200.0));
            var one = service.person(country, head + "%05d".formatted(i), Math.round(at) - 9_000, machine);
            var typed = random.nextDouble() < 0.98;
            service.emit(
                    Math.round(at),
                    Flow.ENROLL,
                    "s-" + service.tenant + "-t" + i,
                    one,
                    machine,
                    false,
                    0.01,
                    new Outcome(900L, "delivered", 1_200L, typed ? 1_500L + random.nextInt(2_500) : null, 0, false, 0),
                    new Label(false, "H8"),
                    false);
        }
    }
}
