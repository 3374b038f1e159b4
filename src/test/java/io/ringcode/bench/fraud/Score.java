package io.ringcode.bench.fraud;

import io.ringcode.bench.fraud.Policy.Kind;
import io.ringcode.bench.fraud.Run.Decided;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a run is worth, by scenario. */
final class Score {
    /** Sums of one scenario over all sets that were added. */
    static final class Row {
        int sets;
        int attacks;
        int attacksSent;
        double money;
        double moneySent;
        final List<Integer> beforeRefusal = new ArrayList<>();
        final List<Double> stopped = new ArrayList<>();
        int sessions;
        int refused;
        int challenged;
        int insideSessions;
        int insideRefused;
        final List<Double> minutesAfter = new ArrayList<>();
        double worstCountry;
        String worst = "";

        double share(int part) {
            return sessions == 0 ? 0 : part / (double) sessions;
        }

        double moneyStopped() {
            return money == 0 ? 0 : 1 - moneySent / money;
        }
    }

    static final String QUIET = "Q0";
    /** Quiet traffic of a service that is attacked in the same days. */
    static final String QUIET_BESIDE_ATTACK = "Q1";

    final Map<String, Row> rows = new TreeMap<>(Score::byNumber);
    final List<Long> micros = new ArrayList<>();

    private static int byNumber(String a, String b) {
        int kind = Character.compare(order(a), order(b));
        return kind != 0 ? kind : Integer.compare(Integer.parseInt(a.substring(1)), Integer.parseInt(b.substring(1)));
    }

    private static char order(String scenario) {
        return scenario.charAt(0) == 'Q' ? '0' : scenario.charAt(0) == 'H' ? '1' : '2';
    }

    private static final class Session {
        String country = "";
        String prefix = "";
        long at;
        long sentAt;
        boolean sent;
        boolean challenged;
    }

    /** @param decided of one set, in the order of the events */
    void add(List<Decided> decided) {
        add(decided, QUIET);
    }

    /** @param quiet how the set's quiet days are called, so that those beside an attack are told apart */
    void add(List<Decided> decided, String quiet) {
        var sessions = new LinkedHashMap<String, Map<String, Session>>();
        var attacks = new HashMap<String, List<Decided>>();
        for (var one : decided) {
            micros.add(one.micros());
            var event = one.event();
            var label = event.label();
            if (label == null) continue;
            if (label.attack())
                attacks.computeIfAbsent(label.scenario(), _ -> new ArrayList<>())
                        .add(one);
            else {
                var session = sessions.computeIfAbsent(label.scenario(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(event.tenant() + event.session(), _ -> new Session());
                if (session.at == 0) {
                    session.at = event.at();
                    var number = InMemory.number(event.phone());
                    var region = number.likelyRegion();
                    session.country = event.tenant() + " " + region;
                    session.prefix = event.tenant()
                            + event.phone().substring(0, event.phone().length() - 4);
                }
                if (one.sent() && !session.sent) session.sentAt = event.at();
                session.sent |= one.sent();
                session.challenged |= one.kind() == Kind.CHALLENGE;
            }
        }
        sessions.forEach((scenario, of) -> honest(row(scenario.equals(QUIET) ? quiet : scenario), of.values()));
        attacks.forEach((scenario, of) -> attack(row(scenario), of, sessions.values()));
    }

    Row row(String scenario) {
        var row = rows.computeIfAbsent(scenario, _ -> new Row());
        return row;
    }

    private static void honest(Row row, Collection<Session> sessions) {
        row.sets++;
        var byCountry = new HashMap<String, int[]>();
        for (var session : sessions) {
            row.sessions++;
            var refused = !session.sent;
            if (refused) row.refused++;
            if (session.challenged) row.challenged++;
            var country = byCountry.computeIfAbsent(session.country, _ -> new int[2]);
            country[0]++;
            if (refused) country[1]++;
        }
        byCountry.forEach((country, count) -> {
            if (count[0] < 300) return;
            var share = count[1] / (double) count[0];
            if (share <= row.worstCountry) return;
            row.worstCountry = share;
            row.worst = country;
        });
    }

    private static void attack(Row row, List<Decided> attack, Collection<Map<String, Session>> honest) {
        int sentBefore = 0;
        var refused = false;
        double money = 0;
        double moneySent = 0;
        Set<String> prefixes = new HashSet<>();
        for (var one : attack) {
            row.attacks++;
            money += one.event().price();
            if (one.sent()) {
                row.attacksSent++;
                moneySent += one.event().price();
                if (!refused) sentBefore++;
            }
            // A challenge that a program does not pass stops it as well.
            if (!one.sent()) refused = true;
            var phone = one.event().phone();
            prefixes.add(one.event().tenant() + phone.substring(0, phone.length() - 4));
        }
        row.money += money;
        row.moneySent += moneySent;
        row.stopped.add(1 - moneySent / money);
        row.beforeRefusal.add(refused ? sentBefore : Integer.MAX_VALUE);
        var first = attack.getFirst().event().at();
        var last = attack.getLast().event().at();
        long again = Long.MAX_VALUE;
        var after = new ArrayList<Session>();
        for (var of : honest)
            for (var session : of.values()) {
                if (!prefixes.contains(session.prefix)) continue;
                if (session.at >= first && session.at <= last) {
                    row.insideSessions++;
                    if (!session.sent) row.insideRefused++;
                } else if (session.at > last && session.at < last + 3 * Sets.HOUR) after.add(session);
            }
        if (after.isEmpty()) return;
        after.sort(java.util.Comparator.comparingLong(session -> session.at));
        // Nobody waits where nobody was refused.
        if (after.getFirst().sent) again = last;
        else for (var session : after) if (session.sent) again = Math.min(again, session.sentAt);
        row.minutesAfter.add(again == Long.MAX_VALUE ? 999 : (again - last) / 60_000.0);
    }

    /** Wilson's interval of a share, 95 %. */
    static double[] wilson(int part, int whole) {
        if (whole == 0) return new double[] {0, 1};
        double z = 1.96;
        double share = part / (double) whole;
        double middle = (share + z * z / (2 * whole)) / (1 + z * z / whole);
        double half = z / (1 + z * z / whole) * Math.sqrt(share * (1 - share) / whole + z * z / (4.0 * whole * whole));
        return new double[] {Math.max(0, middle - half), Math.min(1, middle + half)};
    }

    static <T extends Comparable<T>> T quantile(List<T> of, double share) {
        var sorted = of.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, (int) Math.floor(share * sorted.size())));
    }
}
