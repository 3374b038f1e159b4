package io.ringcode.bench.fraud;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rules that services and products publish, as they publish them. */
final class Baselines {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private Baselines() {}

    static Map<String, Supplier<Policy>> all() {
        var all = new LinkedHashMap<String, Supplier<Policy>>();
        all.put("nothing", () -> new Simple() {
            @Override
            @Nullable
            String refusal(Event event, long now) {
                return null;
            }
        });
        all.put("5 a number and 10 an address, an hour", NumberAndAddress::new);
        all.put("10 a user, an hour (Auth0)", TenPerUser::new);
        all.put("the ten busiest countries", TenCountries::new);
        all.put("a country at 35 % or less (Vonage)", Conversion35::new);
        all.put("Authgear's formulas", Authgear::new);
        return all;
    }

    /** Times of what happened, forgotten after a while. */
    static final class Window {
        private final long length;
        private final ArrayDeque<Long> times = new ArrayDeque<>();

        Window(long length) {
            this.length = length;
        }

        int count(long now) {
            while (!times.isEmpty() && now - times.peek() >= length) times.poll();
            return times.size();
        }

        void add(long now) {
            times.add(now);
        }

        void removeOne() {
            times.pollLast();
        }
    }

    static Window window(Map<String, Window> of, String key, long length) {
        return of.computeIfAbsent(key, _ -> new Window(length));
    }

    abstract static class Simple implements Policy {
        /** @return the rule that refuses; null for none */
        abstract @Nullable String refusal(Event event, long now);

        void sent(Event event, long now) {}

        @Override
        public Decision judge(Event event, boolean passed, long now) {
            var rule = refusal(event, now);
            if (rule != null) return Decision.refuse(rule);
            sent(event, now);
            return Decision.ALLOW;
        }

        @Override
        public void typed(Event event, long now) {}
    }

    private static final class NumberAndAddress extends Simple {
        private final Map<String, Window> windows = new HashMap<>();

        @Override
        @Nullable
        String refusal(Event event, long now) {
            if (window(windows, event.tenant() + event.phone(), HOUR).count(now) >= 5) return "number";
            return window(windows, event.tenant() + event.ip(), HOUR).count(now) >= 10 ? "address" : null;
        }

        @Override
        void sent(Event event, long now) {
            window(windows, event.tenant() + event.phone(), HOUR).add(now);
            window(windows, event.tenant() + event.ip(), HOUR).add(now);
        }
    }

    private static final class TenPerUser extends Simple {
        private final Map<String, Window> windows = new HashMap<>();

        @Override
        @Nullable
        String refusal(Event event, long now) {
            return window(windows, event.tenant() + event.user(), HOUR).count(now) >= 10 ? "user" : null;
        }

        @Override
        void sent(Event event, long now) {
            window(windows, event.tenant() + event.user(), HOUR).add(now);
        }
    }

    static String country(Event event) {
        var country = InMemory.number(event.phone()).likelyRegion();
        return country == null ? event.phone().substring(0, 4) : country;
    }

    /** Those with the most codes typed on the first day; on that day all. */
    private static final class TenCountries extends Simple {
        private final Map<String, Map<String, Integer>> typed = new HashMap<>();
        private final Map<String, Long> begun = new HashMap<>();
        private final Map<String, Set<String>> permitted = new HashMap<>();

        @Override
        @Nullable
        String refusal(Event event, long now) {
            var begin = begun.computeIfAbsent(event.tenant(), _ -> now);
            if (now - begin < DAY) return null;
            var countries = permitted.computeIfAbsent(
                    event.tenant(),
                    tenant -> new HashSet<>(typed.getOrDefault(tenant, Map.of()).entrySet().stream()
                            .sorted(Map.Entry.<String, Integer>comparingByValue()
                                    .reversed())
                            .limit(10)
                            .map(Map.Entry::getKey)
                            .toList()));
            return countries.contains(country(event)) ? null : "country";
        }

        @Override
        public void typed(Event event, long now) {
            typed.computeIfAbsent(event.tenant(), _ -> new HashMap<>()).merge(country(event), 1, Integer::sum);
        }
    }

    /** A country whose share of typed codes of the last hour, among 20 or more, is 35 % or less is closed for an hour. */
    private static final class Conversion35 extends Simple {
        private final Map<String, Window> sent = new HashMap<>();
        private final Map<String, Window> typed = new HashMap<>();
        private final Map<String, Long> closed = new HashMap<>();

        @Override
        @Nullable
        String refusal(Event event, long now) {
            var key = event.tenant() + country(event);
            if (now < closed.getOrDefault(key, 0L)) return "country";
            int all = window(sent, key, HOUR).count(now);
            if (all >= 20 && window(typed, key, HOUR).count(now) <= 0.35 * all) {
                closed.put(key, now + HOUR);
                return "country";
            }
            return null;
        }

        @Override
        void sent(Event event, long now) {
            window(sent, event.tenant() + country(event), HOUR).add(now);
        }

        @Override
        public void typed(Event event, long now) {
            window(typed, event.tenant() + country(event), HOUR).add(now);
        }
    }

    /** The five warnings with their thresholds, any of which denies (its specification of fraud protection). */
    private static final class Authgear extends Simple {
        private final Map<String, Window> untyped = new HashMap<>();
        private final Map<String, Window> verified = new HashMap<>();
        private final Map<String, int[]> days = new HashMap<>();
        private final Map<String, Map<String, Long>> countriesOfAddress = new HashMap<>();
        private final Map<String, Set<String>> verifiedCountries = new HashMap<>();
        private final Map<String, Integer> sentInSession = new HashMap<>();

        @Override
        @Nullable
        String refusal(Event event, long now) {
            var country = event.tenant() + " c " + country(event);
            var address = event.tenant() + " i " + event.ip();
            var countries = countriesOfAddress.getOrDefault(address, Map.of());
            var proved = verifiedCountries.getOrDefault(address, Set.of());
            var distinct = countries.entrySet().stream()
                    .filter(one -> now - one.getValue() < DAY && !proved.contains(one.getKey()))
                    .count();
            if (distinct > 3) return "countries-by-ip";
            int best =
                    Arrays.stream(days.getOrDefault(country, new int[1])).max().orElse(0);
            double daily = Math.max(20, Math.max(best * 0.2, count(verified, country, DAY, now) * 0.2));
            if (count(untyped, country, DAY, now) > daily) return "country-daily";
            double hourly = Math.max(3, Math.max(daily / 6, count(verified, country, HOUR, now) * 0.2));
            if (count(untyped, country, HOUR, now) > hourly) return "country-hourly";
            double byAddress = count(verified, address, DAY, now) * 0.2;
            if (count(untyped, address, DAY, now) > Math.max(10, byAddress)) return "ip-daily";
            return count(untyped, address, HOUR, now) > Math.max(5, byAddress / 6) ? "ip-hourly" : null;
        }

        private static int count(Map<String, Window> of, String key, long length, long now) {
            return window(of, key + length, length).count(now);
        }

        @Override
        void sent(Event event, long now) {
            var address = event.tenant() + " i " + event.ip();
            sentInSession.merge(event.session(), 1, Integer::sum);
            for (var key : new String[] {event.tenant() + " c " + country(event), address})
                for (var length : new long[] {HOUR, DAY})
                    window(untyped, key + length, length).add(now);
            countriesOfAddress.computeIfAbsent(address, _ -> new HashMap<>()).put(country(event), now);
        }

        @Override
        public void typed(Event event, long now) {
            var country = event.tenant() + " c " + country(event);
            var address = event.tenant() + " i " + event.ip();
            int sent = Objects.requireNonNullElse(sentInSession.remove(event.session()), 0);
            for (var key : new String[] {country, address})
                for (var length : new long[] {HOUR, DAY}) {
                    // What a sign-in that was completed was sent before counts no longer.
                    for (int i = 0; i < sent; i++)
                        window(untyped, key + length, length).removeOne();
                    window(verified, key + length, length).add(now);
                }
            var days = this.days.computeIfAbsent(country, _ -> new int[14]);
            days[(int) (now / DAY % 14)]++;
            verifiedCountries.computeIfAbsent(address, _ -> new HashSet<>()).add(country(event));
        }
    }
}
