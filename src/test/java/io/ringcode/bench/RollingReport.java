package io.ringcode.bench;

import io.ringcode.bench.Ledger.End;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of a rolling upgrade as Markdown. */
final class RollingReport {
    private RollingReport() {}

    /** @param again codes that were taken once more after all was done */
    record Result(List<Phase> phases, Ledger ledger, int again) {}

    /**
     * A part of the time.
     *
     * @param answers of this part, by status, and {@code soFar} since the beginning
     * @param gap the longest time in it in which no step of a ceremony went well, in seconds
     */
    record Phase(
            String title,
            double seconds,
            Map<String, Integer> answers,
            double gap,
            Map<String, Integer> soFar,
            long end) {
        static Phase begin(Ledger ledger) {
            return new Phase("", 0, Map.of(), 0, ledger.answers(), System.nanoTime());
        }

        /** The next part, which ends now. */
        Phase until(Ledger ledger, String title) {
            var now = System.nanoTime();
            var all = ledger.answers();
            var here = new TreeMap<String, Integer>();
            all.forEach((what, count) -> {
                var more = count - soFar.getOrDefault(what, 0);
                if (more > 0) here.put(what, more);
            });
            var gap = ledger.successes().longestGap(end, now).seconds();
            Report.progress(title + ": " + here);
            return new Phase(title, (now - end) / 1e9, here, gap, all, now);
        }
    }

    static void say(EarlierBuild earlier, int schema, Result result) {
        var ledger = result.ledger();
        System.out.println();
        System.out.println("From " + earlier.name() + ", schema " + earlier.schema() + ", to this version, schema "
                + schema
                + ": " + ledger.codes() + " codes promised, " + (ledger.count(End.UNKNOWN) + ledger.count(End.UNSENT))
                + " lost, " + (ledger.count(End.TWICE) + result.again()) + " spent twice, " + ledger.messagesTwice()
                + " messages twice.");
        System.out.println();
        System.out.println("| | seconds | 200 | other answers | seconds without service |");
        System.out.println("|---|---|---|---|---|");
        for (var phase : result.phases())
            System.out.println("| " + phase.title() + " | " + number(phase.seconds()) + " | "
                    + phase.answers().getOrDefault("200", 0) + " | " + others(phase.answers()) + " | "
                    + number(phase.gap())
                    + " |");
        ledger.failures().forEach((what, count) -> Report.progress(count + " × " + what));
    }

    private static String others(Map<String, Integer> answers) {
        var others = answers.entrySet().stream()
                .filter(one -> !one.getKey().equals("200"))
                .map(one -> one.getValue() + " × " + one.getKey())
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "none" : others;
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
