package io.ringcode.bench.fraud;

import io.ringcode.fraud.traffic.Signal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Many made sets in memory: the guard alone, or beside others. */
final class MadeSets {
    private MadeSets() {}

    static void play(String seeds, List<String> scenarios, Map<String, String> options) {
        var bounds = seeds.split("-", -1);
        long from = Long.parseLong(bounds[0]);
        long to = Long.parseLong(bounds[bounds.length - 1]);
        var policies = new LinkedHashMap<String, Supplier<Policy>>();
        policies.put("all signals", () -> new InMemory(Signal.ALL));
        if (options.containsKey("baselines")) Baselines.all().forEach(policies::put);
        // All of them where none is named.
        var left = options.getOrDefault("ablation", "none");
        for (var signal : Signal.values())
            if (left.isEmpty() || List.of(left.split(",", -1)).contains(signal.name())) {
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
                policies.forEach((name, policy) -> {
                    var decided = Run.over(set, policy.get());
                    scores.computeIfAbsent(name, _ -> new Score())
                            .add(decided, scenario.startsWith("A") ? Score.QUIET_BESIDE_ATTACK : Score.QUIET);
                    if (options.containsKey("detail"))
                        detail(name + ", " + set.getLast().tenant(), decided);
                });
            }
        FraudReport.table(scores.values().iterator().next());
        if (policies.size() > 1) side(scores);
    }

    /** Which rules spoke to whom, of one set. */
    private static void detail(String name, List<Run.Decided> decided) {
        var sent = decided.stream()
                .filter(Run.Decided::sent)
                .map(one -> one.event().session())
                .collect(Collectors.toSet());
        var counts = new TreeMap<String, Integer>();
        for (var one : decided) {
            if (one.kind() == Policy.Kind.ALLOW) continue;
            var event = one.event();
            var who =
                    event.isAttack() ? "attack" : sent.contains(event.session()) ? "honest, sent in the end" : "honest";
            var reason = one.decision().reasons().getFirst();
            var scenario = event.label() == null ? "" : event.label().scenario();
            counts.merge(
                    who + " " + scenario + " " + event.flow().wire + ": " + one.kind().wire + " " + reason.rule() + " "
                            + reason.scope().replaceAll(":.*", ""),
                    1,
                    Integer::sum);
        }
        FraudReport.say(name + " " + counts);
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
                line.append(
                        FraudReport.format(" | %.1f", 100 * score.row(scenario).moneyStopped()));
            FraudReport.say(line + " |");
        });
        FraudReport.say("");
        FraudReport.say("| honest sessions refused (challenged), % | " + String.join(" | ", honest) + " |");
        FraudReport.say("|---" + "|---".repeat(honest.size()) + "|");
        scores.forEach((name, score) -> {
            var line = new StringBuilder("| " + name);
            for (var scenario : honest) {
                var row = score.row(scenario);
                line.append(FraudReport.format(
                        " | %.2f (%.2f)", 100 * row.share(row.refused), 100 * row.share(row.challenged)));
            }
            FraudReport.say(line + " |");
        });
    }
}
