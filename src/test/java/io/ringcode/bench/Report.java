package io.ringcode.bench;

import io.ringcode.bench.Measured.Percentiles;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The figures as Markdown, ready for RESULTS.md. */
final class Report {
    private Report() {}

    static void progress(String what) {
        System.err.println("bench: " + what);
    }

    static void machine() {
        say(String.format(Locale.ROOT, "%s, %s", LocalDate.now(java.time.ZoneOffset.UTC), Machine.description()));
    }

    /**
     * One line of the tables.
     *
     * @param bare the same rounds of bare SQL; none where there is nothing to compare with
     */
    record Row(String name, List<Measured> rounds, List<Measured> bare) {
        static Row of(String name, Measured once) {
            return new Row(name, List.of(once), List.of());
        }

        private Spread ratio() {
            var numbers = IntStream.range(0, rounds.size()).boxed().toList();
            return Spread.of(numbers, i -> rounds.get(i).cost() / bare.get(i).cost());
        }
    }

    /** Of several rounds the median, and in brackets what they range over; of latencies the median. */
    static void rows(List<Row> rows) {
        costs(rows);
        latencies(rows);
        batches(rows);
        errors(rows);
    }

    private static void costs(List<Row> rows) {
        say("");
        say("| | per second | server CPU ms | database CPU ms | together | ratio | bench's own | foreign CPU |");
        say("|---|---|---|---|---|---|---|---|");
        for (var row : rows) {
            var rounds = row.rounds();
            say("| " + row.name() + " | "
                    + Spread.of(rounds, Measured::perSecond).text("%,.0f") + " | "
                    + Spread.of(rounds, one -> one.cpu().server() / one.ceremonies())
                            .text("%.3f") + " | "
                    + Spread.of(rounds, one -> one.cpu().database() / one.ceremonies())
                            .text("%.3f") + " | "
                    + Spread.of(rounds, Measured::cost).text("%.3f") + " | "
                    + (row.bare().isEmpty() ? "" : row.ratio().text("%.2f")) + " | "
                    + Spread.of(rounds, one -> one.cpu().client() / one.ceremonies())
                            .text("%.3f") + " | "
                    + Spread.of(rounds, one -> one.foreign() * 100).text("%.0f %%") + " |");
        }
    }

    static void latencies(List<Row> rows) {
        var steps = rows.getFirst().rounds().getFirst().steps().size();
        say("");
        say("| milliseconds, p50 / p95 / p99 | " + (steps == 3 ? "first step | second step | ceremony |" : "whole |"));
        say("|---|" + "---|".repeat(steps == 3 ? 3 : 1));
        for (var row : rows) {
            var cells = new StringBuilder();
            for (int i = steps == 3 ? 0 : steps - 1; i < steps; i++)
                cells.append(" | ").append(latency(row, i));
            say("| " + row.name() + cells + " |");
        }
    }

    private static String latency(Row row, int step) {
        return Stream.<ToDoubleFunction<Percentiles>>of(Percentiles::p50, Percentiles::p95, Percentiles::p99)
                .map(share -> Spread.of(
                        row.rounds(), one -> share.applyAsDouble(one.steps().get(step))))
                .map(spread -> String.format(Locale.ROOT, "%.1f", spread.median()))
                .collect(Collectors.joining(" / "));
    }

    private static void batches(List<Row> rows) {
        for (var row : rows) {
            var all = row.rounds().stream().map(Measured::batches).reduce(Batches.NONE, Batches::plus);
            if (!all.sizes().isEmpty())
                say("\nItems in a batch, " + row.name() + ": " + all.sizes() + "; milliseconds of its transaction: "
                        + all.times() + ".");
        }
    }

    static void errors(List<Row> rows) {
        say("");
        for (var row : rows) {
            var sum = new TreeMap<String, Integer>();
            for (var round : row.rounds())
                round.errors().forEach((error, count) -> sum.merge(error, count, Integer::sum));
            if (sum.isEmpty()) say("Errors, " + row.name() + ": none.");
            sum.forEach((error, count) ->
                    say(String.format(Locale.ROOT, "Errors, %s: %,d × %s", row.name(), count, error)));
        }
    }

    static void memory(String when, ServerProcess server, ProcessHandle postmaster) {
        say("");
        say(String.format(
                Locale.ROOT,
                "Resident %s: server %d MB, database %d MB (proportional).",
                when,
                Machine.resident(server.handle()) / 1024,
                Machine.proportional(postmaster) / 1024));
    }

    static void imports(Imports measured) {
        say("");
        say(String.format(
                Locale.ROOT,
                "| %,d users, a file of %d MB | seconds | users per second |",
                Imports.USERS,
                measured.megabytes()));
        say("|---|---|---|");
        rate("import: until the file is taken", measured.upload());
        rate("import: from there until all can sign in", measured.done());
        rate("the same again with `upsert`, upload and all", measured.again());
        rate("export", measured.export());
        say("");
        say(String.format(Locale.ROOT, "Resident after that: %d MB.", measured.resident() / 1024));
    }

    private static void rate(String what, double seconds) {
        say(String.format(Locale.ROOT, "| %s | %.1f | %,.0f |", what, seconds, Imports.USERS / seconds));
    }

    static void starts(Starts starts) {
        say("");
        say("| start, median of five | seconds |");
        say("|---|---|");
        say(String.format(Locale.ROOT, "| external database, migrated | %.2f |", starts.external()));
        say(String.format(Locale.ROOT, "| own database, empty folder | %.2f |", starts.empty()));
        say(String.format(Locale.ROOT, "| own database, used folder | %.2f |", starts.used()));
        say("");
        say(String.format(
                Locale.ROOT, "Resident after a start on an external database: %d MB.", starts.resident() / 1024));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
