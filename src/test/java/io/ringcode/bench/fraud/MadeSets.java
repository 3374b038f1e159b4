package io.ringcode.bench.fraud;

import io.ringcode.fraud.traffic.Signal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Many made sets in memory: the guard alone, or beside others. */
final class MadeSets {
    private MadeSets() {}

    static void play(String seeds, List<String> scenarios, Map<String, String> options) {
        var bounds = seeds.split("-");
        long from = Long.parseLong(bounds[0]);
        long to = Long.parseLong(bounds[bounds.length - 1]);
        var policies = new LinkedHashMap<String, Supplier<Policy>>();
        policies.put("all signals", () -> new InMemory(Signal.ALL));
        if (options.containsKey("baselines")) Baselines.all().forEach(policies::put);
        if (options.containsKey("ablation"))
            for (var signal : Signal.values()) {
                var rest = EnumSet.allOf(Signal.class);
                rest.remove(signal);
                policies.put(
                        "without "
                                + signal.name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' '),
                        () -> new InMemory(rest));
            }
        var scores = new LinkedHashMap<String, Score>();
        for (long seed = from; seed <= to; seed++)
            for (var scenario : scenarios) {
                var set = Sets.of(scenario, seed);
                set.forEach(InMemory::sawSignIn);
                policies.forEach((name, policy) ->
                        scores.computeIfAbsent(name, _ -> new Score()).add(Run.over(set, policy.get())));
            }
        if (policies.size() == 1) FraudReport.table(scores.values().iterator().next());
        else side(scores);
    }

    /** One row a policy: money stopped in each attack, honest sessions refused in each case. */
    private static void side(Map<String, Score> scores) {
        var first = scores.values().iterator().next().rows;
        var attacks =
                first.keySet().stream().filter(name -> name.startsWith("A")).toList();
        var honest =
                first.keySet().stream().filter(name -> !name.startsWith("A")).toList();
        FraudReport.say("");
        FraudReport.say("| attack money stopped, % | " + String.join(" | ", attacks) + " |");
        FraudReport.say("|---" + "|---".repeat(attacks.size()) + "|");
        scores.forEach((name, score) -> {
            var line = new StringBuilder("| " + name);
            for (var scenario : attacks)
                line.append(FraudReport.format(
                        " | %.1f", 100 * score.rows.get(scenario).moneyStopped()));
            FraudReport.say(line + " |");
        });
        FraudReport.say("");
        FraudReport.say("| honest sessions refused (challenged), % | " + String.join(" | ", honest) + " |");
        FraudReport.say("|---" + "|---".repeat(honest.size()) + "|");
        scores.forEach((name, score) -> {
            var line = new StringBuilder("| " + name);
            for (var scenario : honest) {
                var row = score.rows.get(scenario);
                line.append(FraudReport.format(
                        " | %.2f (%.2f)", 100 * row.share(row.refused), 100 * row.share(row.challenged)));
            }
            FraudReport.say(line + " |");
        });
    }
}
