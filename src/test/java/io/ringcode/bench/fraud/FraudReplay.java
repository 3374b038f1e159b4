package io.ringcode.bench.fraud;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bench's part {@code fraud}. {@code --data DIR [--out FILE]} replays files; {@code --make DIR --seed N} writes a set of the
 * generator's; {@code --sets FROM-TO} plays many sets in memory, {@code --baselines} and {@code --ablation} likewise; {@code --flood N}
 * measures what many numbers cost, {@code --rate N} what a decision costs at N a second.
 */
public final class FraudReplay {
    private FraudReplay() {}

    public static void main(String... args) throws IOException {
        // Figures go to standard output, and so would every line of the server's log.
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root)
            root.setLevel(Level.ERROR);
        var options = options(args);
        var make = options.get("make");
        var data = options.get("data");
        if (make != null) make(Path.of(make), Long.parseLong(options.getOrDefault("seed", "1")), scenarios(options));
        else if (data != null) replay(Path.of(data), Path.of(options.getOrDefault("out", data + "/decisions.jsonl")));
        else if (options.containsKey("rate"))
            Steady.run(Integer.parseInt(options.get("rate")), Integer.parseInt(options.getOrDefault("seconds", "20")));
        else if (options.containsKey("flood")) Flood.run(Integer.parseInt(options.get("flood")));
        else MadeSets.play(options.getOrDefault("sets", "101-110"), scenarios(options), options);
    }

    private static Map<String, String> options(String[] args) {
        var options = new HashMap<String, String>();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) throw new IllegalArgumentException(args[i] + " is no option");
            var value = i + 1 < args.length && !args[i + 1].startsWith("--") ? args[++i] : "";
            options.put(args[value.isEmpty() ? i : i - 1].substring(2), value);
        }
        return options;
    }

    private static List<String> scenarios(Map<String, String> options) {
        return Arrays.asList(options.getOrDefault("scenarios", String.join(",", Sets.SCENARIOS))
                .split(","));
    }

    private static void make(Path folder, long seed, List<String> scenarios) throws IOException {
        var events = Sets.all(seed, scenarios);
        ReplayFiles.write(events, folder);
        System.out.println(events.size() + " events in " + folder);
    }

    private static void replay(Path folder, Path out) throws IOException {
        var events = ReplayFiles.read(folder);
        var score = new Score();
        List<Run.Decided> decided;
        List<Served.Kept> kept;
        var start = System.nanoTime();
        long exchange;
        try (var served = Served.start(events)) {
            decided = Run.over(events, served);
            kept = served.kept();
            exchange = served.exchangeMillis();
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        ReplayFiles.decisions(decided, out);
        score.add(decided);
        FraudReport.table(score);
        FraudReport.cost(score, kept);
        System.out.printf(
                java.util.Locale.ROOT,
                "%n%d events in %.0f s, of which %.1f s to write behind (%.0f µs an event); decisions in %s%n",
                events.size(),
                seconds,
                exchange / 1e3,
                1e3 * exchange / events.size(),
                out);
    }
}
