package io.ringcode.bench.fraud;

import io.ringcode.fraud.traffic.Signal;
import java.util.Locale;

/** The learned rules over many sets, in memory. */
final class Tuning {
    private Tuning() {}

    public static void main(String[] args) {
        long from = Long.parseLong(args[0]);
        long to = Long.parseLong(args[1]);
        var scenarios = args.length > 2 ? java.util.List.of(args[2].split(",")) : Sets.SCENARIOS;
        var score = new Score();
        int events = 0;
        for (long seed = from; seed <= to; seed++)
            for (var scenario : scenarios) {
                var set = Sets.of(scenario, seed);
                events += set.size();
                set.forEach(InMemory::sawSignIn);
                var decided = Run.over(set, new InMemory(Signal.ALL));
                score.add(decided);
                if (args.length > 3) detail(scenario, seed, decided);
            }
        print(score);
        System.out.println(events + " events, " + Score.quantile(score.micros, 0.5) + " µs p50, "
                + Score.quantile(score.micros, 0.99) + " µs p99");
    }

    private static void detail(String scenario, long seed, java.util.List<Run.Decided> decided) {
        var one = new Score();
        one.add(decided);
        var quiet = one.rows.get("Q0");
        if (quiet != null && quiet.worstCountry > 0.006) System.out.println("WORST " + quiet.worst + " " + quiet.worstCountry);
        var row = one.rows.get(scenario);
        if (row == null) return;
        System.out.printf(Locale.ROOT, "%s seed %d: attack %d sent %d stopped %.3f before %s; honest %d refused %d challenged %d, Q0 refused %d/%d worst %s%n",
                scenario, seed, row.attacks, row.attacksSent, row.moneyStopped(), row.beforeRefusal, row.sessions, row.refused, row.challenged,
                one.rows.containsKey("Q0") ? one.rows.get("Q0").refused : 0, one.rows.containsKey("Q0") ? one.rows.get("Q0").sessions : 0, row.worst);
        var reasons = new java.util.TreeMap<String, Integer>();
        var sent = new java.util.HashSet<String>();
        for (var d : decided) if (d.sent()) sent.add(d.event().session());
        for (var d : decided)
            if (!d.decision().reasons().isEmpty() && d.kind() != Policy.Kind.ALLOW && (d.event().isAttack() || !sent.contains(d.event().session())))
                reasons.merge((d.event().isAttack() ? "attack " : "honest " + d.event().label().scenario() + " " + d.event().flow()+ " ") + d.kind() + " "
                        + d.decision().reasons().getFirst().rule() + " " + d.decision().reasons().getFirst().scope().replaceAll(":.*", ""), 1, Integer::sum);
        System.out.println("   " + reasons);
    }

    static void print(Score score) {
        System.out.println("| | attack | sent | money stopped | worst set | before 1st refusal p50/p95 | sessions | refused | worst country | challenged | inside refused | min. after p50/max |");
        score.rows.forEach((scenario, row) -> System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %s | %s | %s | %d | %.3f %% | %.2f %% | %.2f %% | %s | %s |%n",
                scenario, row.attacks, row.attacksSent,
                row.attacks == 0 ? "" : "%.1f %%".formatted(100 * row.moneyStopped()),
                row.attacks == 0 ? "" : "%.1f %%".formatted(100 * Score.quantile(row.stopped, 0)),
                row.attacks == 0 ? "" : Score.quantile(row.beforeRefusal, 0.5) + "/" + Score.quantile(row.beforeRefusal, 0.95),
                row.sessions, 100 * row.share(row.refused), 100 * row.worstCountry, 100 * row.share(row.challenged),
                row.insideSessions == 0 ? "" : row.insideRefused + "/" + row.insideSessions,
                row.minutesAfter.isEmpty() ? "" : "%.0f/%.0f".formatted(Score.quantile(row.minutesAfter, 0.5), Score.quantile(row.minutesAfter, 1))));
    }
}
