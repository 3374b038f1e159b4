package io.ringcode.bench.fraud;

import io.ringcode.bench.fraud.Score.Row;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The score of a run as Markdown. */
final class FraudReport {
    private FraudReport() {}

    static void table(Score score) {
        say("");
        say(
                "| scenario | attack messages: sent of asked | money stopped (worst set) | sent before the first refusal, median / p95 |"
                        + " honest sessions | refused (95 % interval) | worst country of 300 | challenged (95 % interval) |");
        say("|---|---|---|---|---|---|---|---|");
        score.rows.forEach((scenario, row) -> say("| " + scenario + " | " + attack(row) + " | " + honest(row) + " |"));
        say("");
        say(
                "| attack | honest sessions in an attacked prefix during it: refused | minutes until one goes through again: median / longest |");
        say("|---|---|---|");
        score.rows.forEach((scenario, row) -> {
            if (row.insideSessions == 0 && row.minutesAfter.isEmpty()) return;
            say("| " + scenario + " | " + row.insideRefused + " of " + row.insideSessions + " | "
                    + (row.minutesAfter.isEmpty()
                            ? "nobody came"
                            : format(
                                    "%.0f / %.0f",
                                    Score.quantile(row.minutesAfter, 0.5), Score.quantile(row.minutesAfter, 1)))
                    + " |");
        });
    }

    private static String attack(Row row) {
        if (row.attacks == 0) return "| |";
        return format(
                "%d of %d | %.1f %% (%.1f %%) | %s / %s",
                row.attacksSent,
                row.attacks,
                100 * row.moneyStopped(),
                100 * Score.quantile(row.stopped, 0),
                times(Score.quantile(row.beforeRefusal, 0.5)),
                times(Score.quantile(row.beforeRefusal, 0.95)));
    }

    private static String times(int count) {
        return count == Integer.MAX_VALUE ? "never refused" : Integer.toString(count);
    }

    private static String honest(Row row) {
        if (row.sessions == 0) return "| | |";
        return row.sessions + " | " + share(row.refused, row.sessions) + " | "
                + (row.worst.isEmpty() ? "none refused" : format("%.2f %%", 100 * row.worstCountry)) + " | "
                + share(row.challenged, row.sessions);
    }

    private static String share(int part, int whole) {
        var interval = Score.wilson(part, whole);
        return format("%.3f %% (%.3f–%.3f)", 100.0 * part / whole, 100 * interval[0], 100 * interval[1]);
    }

    static void cost(Score score, List<Served.Kept> kept) {
        say("");
        say(format(
                "Decision, database included: p50 %d µs, p99 %d µs. Kept: %s.",
                Score.quantile(score.micros, 0.5),
                Score.quantile(score.micros, 0.99),
                kept.stream()
                        .map(one -> one.table() + " " + one.rows() + " rows, " + one.bytes() / 1024 + " KiB")
                        .collect(Collectors.joining("; "))));
    }

    static void say(String line) {
        System.out.println(line);
    }

    @SuppressWarnings("AnnotateFormatMethod") // every caller is in this package
    static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
