package io.ringcode.bench;

import io.ringcode.bench.Ledger.End;
import io.ringcode.bench.Moments.Gap;
import io.ringcode.cluster.PatroniCluster.Replication;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of fail-overs as Markdown. */
final class FailOverReport {
    /** Shorter than this the database was not away, but slow. */
    private static final double AWAY = 0.5;

    private static final int LONGEST_LINE = 160;

    private FailOverReport() {}

    /**
     * One event.
     *
     * @param again codes that were taken once more after all was well
     * @param granted codes of the built-in quota that were answered 200, and {@code builtIn} those in its inbox
     * @param unserved the longest time in which no step of a ceremony went well
     * @param pauses from each write of the database to its next
     * @param log what servers said meanwhile
     */
    record Row(
            String title,
            Replication replication,
            Ledger ledger,
            int again,
            int granted,
            int builtIn,
            Gap unserved,
            List<Gap> pauses,
            List<String> log) {

        /** The longest. */
        Gap away() {
            return pauses.stream().max(Comparator.comparingDouble(Gap::seconds)).orElseThrow();
        }

        /** From the database's return to the product's. */
        String lag() {
            var away = away();
            if (away.seconds() < AWAY) return "";
            var first = ledger.successes().firstFrom(away.to());
            return first.isEmpty() ? "never" : number((first.getAsLong() - away.to()) / 1e9);
        }

        private long traces() {
            return log.stream().filter(line -> line.startsWith("\tat ")).count();
        }

        private long errors() {
            return log.stream().filter(line -> line.contains("Z ERROR ")).count();
        }
    }

    static void absent(List<String> packages) {
        Report.progress("no fail-over without Debian's packages " + String.join(", ", packages)
                + ": apt-get install " + String.join(" ", packages)
                + ", and systemctl disable --now what they start by themselves");
    }

    static void head() {
        System.out.println();
        System.out.println(
                "| | replication | codes | lost | spent twice | messages twice | quota of 100: promised | 200 / 503 / 500 / none"
                        + " | seconds without service | database away | service after it | log: errors, lines of stack traces |");
        System.out.println("|---|" + "---|".repeat(11));
    }

    static void say(Row row) {
        var ledger = row.ledger();
        System.out.println("| " + row.title() + " | " + row.replication().name().toLowerCase(Locale.ROOT) + " | "
                + ledger.codes() + " | " + (ledger.count(End.UNKNOWN) + ledger.count(End.UNSENT)) + " | "
                + (ledger.count(End.TWICE) + row.again()) + " | " + ledger.messagesTwice() + " | " + row.granted()
                + " | "
                + List.of("200", "503", "500", Ledger.NONE).stream()
                        .map(what -> "" + ledger.answers().getOrDefault(what, 0))
                        .collect(Collectors.joining(" / "))
                + " | " + number(row.unserved().seconds()) + " | "
                + (row.away().seconds() < AWAY ? "no" : number(row.away().seconds())) + " | " + row.lag() + " | "
                + row.errors() + ", " + row.traces() + " |");
    }

    /** What the table has no room for. */
    static void details(Row row) {
        var ends = new TreeMap<String, Integer>();
        for (var end : End.values())
            ends.put(end.name().toLowerCase(Locale.ROOT), row.ledger().count(end));
        Report.progress("answers " + row.ledger().answers() + ", refusals and failures "
                + row.ledger().failures() + ", codes " + ends + ", taken once more " + row.again()
                + ", in the built-in inbox " + row.builtIn());
        var begin = row.pauses().getFirst().from();
        Report.progress("the database wrote nothing "
                + row.pauses().stream()
                        .filter(pause -> pause.seconds() >= AWAY)
                        .map(pause -> "for " + number(pause.seconds()) + " s from "
                                + number((pause.from() - begin) / 1e9) + " s on")
                        .collect(Collectors.joining(", ")));
        row.log().stream()
                .filter(line -> line.contains("Z ERROR ") || line.contains("Z WARN "))
                .map(line -> line.replaceFirst("^\\S+ +", "").replaceAll("[0-9]+", "#"))
                .map(line -> line.substring(0, Math.min(LONGEST_LINE, line.length())))
                .collect(Collectors.groupingBy(line -> line, Collectors.counting()))
                .forEach((line, count) -> Report.progress(count + " × " + line));
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
