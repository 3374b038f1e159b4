package io.ringcode.bench.fraud;

import io.ringcode.bench.fraud.Event.Flow;
import io.ringcode.bench.fraud.Event.Label;
import io.ringcode.bench.fraud.Event.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A service with people: who they are, when they come, and which of their codes they type. */
final class Service {
    final List<Event> events = new ArrayList<>();
    final List<Person> people = new ArrayList<>();
    final List<String> countries = new ArrayList<>();
    final String tenant;
    final int perDay;
    private final Random random;
    private final double conversion;
    private final double newShare;
    private final double natShare;
    private final boolean pages;
    private final double delayMedian;
    private final Map<String, Double> countryFactor = new HashMap<>();
    private final List<Double> weights = new ArrayList<>();
    private final int nights;
    private final Map<String, Long> signedIn = new HashMap<>();
    private int serial;

    /** For outages and slow routes. */
    interface Weather {
        /** @return the share of codes that are typed beside the usual one, and how many times longer that takes */
        double[] at(Person person, long at);
    }

    Weather weather = (_, _) -> new double[] {1, 1};

    record Person(
            String user, long createdAt, String country, String phone, Address home, Address mobile, boolean pages) {}

    record Address(
            String ip,
            int asn,
            @Nullable String kind,
            @Nullable String country) {}

    Service(String tenant, Random random) {
        this.tenant = tenant;
        this.random = random;
        this.perDay = (int) Math.round(250 * Math.exp(random.nextDouble() * 2.3));
        this.conversion = 0.72 + 0.23 * random.nextDouble();
        this.newShare = 0.1 + 0.3 * random.nextDouble();
        this.natShare = 0.2 + 0.5 * random.nextDouble();
        this.pages = random.nextDouble() < 0.6;
        this.delayMedian = 9_000 + 22_000 * random.nextDouble();
        this.nights = random.nextInt(24);
        int homes = 1 + random.nextInt(6);
        for (int i = 0; i < homes; i++) country(pick(Plans.HOME), Math.pow(0.45, i));
        int small = 1 + random.nextInt(4);
        for (int i = 0; i < small; i++)
            country(pick(random.nextDouble() < 0.7 ? Plans.SMALL : Plans.DEAR), Math.max(0.004, 4.0 / perDay));
    }

    /** People who have been there since before the guard was. */
    void settle(long before) {
        for (int i = 0; i < 3 * perDay; i++)
            people.add(newPerson(anyCountry(), before - (long) (200 * Sets.DAY * random.nextDouble())));
    }

    private void country(String country, double weight) {
        if (countries.contains(country)) return;
        countries.add(country);
        weights.add(weight);
    }

    double factor(String country) {
        return countryFactor.computeIfAbsent(country, _ -> 0.78 + 0.24 * random.nextDouble());
    }

    <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String anyCountry() {
        double whole = 0;
        for (var weight : weights) whole += weight;
        double at = random.nextDouble() * whole;
        for (int i = 0; i < weights.size(); i++) if ((at -= weights.get(i)) < 0) return countries.get(i);
        return countries.getFirst();
    }

    /** Numbers are not spread evenly: some ranges have many. */
    String mobile(String country) {
        var heads = Plans.heads(country);
        return Plans.number(heads.get((int) (heads.size() * Math.pow(random.nextDouble(), 1.7))), random);
    }

    Person newPerson(String country, long createdAt) {
        return person(country, mobile(country), createdAt, home(country));
    }

    Person person(String country, String phone, long createdAt, Address home) {
        return new Person("u-" + tenant + "-" + ++serial, createdAt, country, phone, home, nat(country), pages);
    }

    Address home(String country) {
        int isp = 3_000 + Math.abs(country.hashCode() % 500) * 10 + random.nextInt(3);
        if (random.nextInt(4) == 0)
            return new Address(
                    "2a0%x:%x:%x::%x".formatted(isp % 16, isp, random.nextInt(0xFFFF), 1 + random.nextInt(0xFFF)),
                    isp,
                    "isp",
                    country);
        return new Address(
                "%d.%d.%d.%d".formatted(60 + isp % 120, isp / 10 % 250, random.nextInt(256), 1 + random.nextInt(254)),
                isp,
                "isp",
                country);
    }

    /** A mobile carrier has thousands of people behind a few addresses. */
    Address nat(String country) {
        int asn = 20_000 + Math.abs(country.hashCode() % 900) * 3 + random.nextInt(3);
        return new Address(
                "%d.%d.%d.%d".formatted(100 + asn % 80, asn / 7 % 250, asn % 250, 1 + random.nextInt(12)),
                asn,
                "mobile",
                country);
    }

    /** Whole days of quiet traffic, from midnight. */
    void days(long from, int days) {
        for (int day = 0; day < days; day++) {
            int count = (int) Math.round(perDay * (0.85 + 0.3 * random.nextDouble()));
            for (int i = 0; i < count; i++) {
                var at = from + day * Sets.DAY + clock();
                if (people.isEmpty() || random.nextDouble() < newShare) {
                    session(newPerson(anyCountry(), at - 1_000L * random.nextInt(600)), Flow.ENROLL, at, "Q0", 1);
                } else {
                    var person = rested(at);
                    if (person == null) session(newPerson(anyCountry(), at - 60_000), Flow.ENROLL, at, "Q0", 1);
                    else if (random.nextDouble() < 0.006) changeNumber(person, at);
                    else session(person, Flow.SIGN_IN, at, "Q0", 1);
                }
            }
        }
    }

    /** Somebody who has not signed in for some hours; null where nobody is found. */
    private @Nullable Person rested(long at) {
        for (int tries = 0; tries < 20; tries++) {
            var person = pick(people);
            var last = signedIn.get(person.user());
            if (last != null && Math.abs(at - last) < 6 * Sets.HOUR) continue;
            signedIn.put(person.user(), at);
            return person;
        }
        return null;
    }

    private void changeNumber(Person person, long at) {
        var changed = new Person(
                person.user(),
                person.createdAt(),
                person.country(),
                mobile(person.country()),
                person.home(),
                person.mobile(),
                person.pages());
        if (session(changed, Flow.ENROLL, at, "Q0", 1)) people.remove(person);
    }

    private long clock() {
        while (true) {
            var at = (long) (random.nextDouble() * Sets.DAY);
            var level = 0.55 + 0.45 * Math.sin((at / (double) Sets.HOUR - nights) / 24 * 2 * Math.PI);
            if (random.nextDouble() < level) return at;
        }
    }

    /** One sign-in or enrolment with its resends. @return whether a code was typed in the end */
    boolean session(Person person, Flow flow, long at, String scenario, double likelier) {
        var session = "s-" + tenant + "-" + ++serial;
        var address = random.nextDouble() < natShare ? person.mobile() : person.home();
        var passes = random.nextDouble() < 0.985;
        var now = at;
        for (int message = 0; message < 4; message++) {
            var weather = this.weather.at(person, now);
            var share = conversion * factor(person.country()) * (flow == Flow.SIGN_IN ? 1.04 : 0.97) * likelier;
            // The same people fail again, for the same reasons.
            if (message > 0) share *= 0.55;
            var typed = random.nextDouble() < Math.min(0.975, share) * weather[0];
            var delivered = typed || (random.nextDouble() < 0.7 * weather[0]);
            var arrives = Math.round((1_500 + 4_000 * -Math.log(1 - random.nextDouble())) * weather[1]);
            var after = arrives + Math.round(delayMedian * Math.exp(0.6 * random.nextGaussian()));
            if (after > 295_000) typed = false;
            emit(
                    now,
                    message == 0 ? flow : Flow.RESEND,
                    session,
                    person,
                    address,
                    false,
                    0.01 + 0.05 * price(person.country()),
                    new Outcome(
                            delivered ? arrives : null,
                            delivered ? "delivered" : "none",
                            delivered ? arrives + 400 : null,
                            typed ? after : null,
                            random.nextInt(12) == 0 ? 1 : 0,
                            passes,
                            900 + random.nextInt(6_000)),
                    new Label(false, scenario),
                    true);
            if (typed) {
                if (flow == Flow.ENROLL) people.add(person);
                return true;
            }
            if (random.nextDouble() < 0.35) return false;
            now += 28_000 + random.nextInt(90_000);
        }
        return false;
    }

    static double price(String country) {
        return Plans.DEAR.contains(country)
                ? 4 + Math.abs(country.hashCode() % 20) / 10.0
                : Math.abs(country.hashCode() % 10) / 10.0;
    }

    /**
     * People need a while for a number, and a few have it filled in; a third of programs that load the page send its form at once.
     *
     * @param drawn decides, below 30,000
     */
    private static int formTime(int drawn, boolean program) {
        if (program) return drawn < 10_000 ? 40 + drawn / 10 : 2_000 + drawn;
        return drawn < 450 ? 700 + 2 * drawn : 2_000 + drawn;
    }

    void emit(
            long at,
            Flow flow,
            String session,
            Person person,
            Address address,
            boolean voice,
            double price,
            Outcome outcome,
            Label label,
            boolean browser) {
        var form = browser && person.pages();
        events.add(new Event(
                "e-" + tenant + "-" + ++serial,
                at,
                tenant,
                "app",
                flow,
                session,
                person.user(),
                person.createdAt(),
                person.phone(),
                voice,
                address.ip(),
                address.asn(),
                address.kind(),
                address.country(),
                form ? "Chrome" : null,
                form ? formTime(random.nextInt(30_000), label.attack()) : null,
                form ? 1 + random.nextInt(4) : null,
                price,
                outcome,
                label));
    }
}
