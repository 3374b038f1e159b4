package io.ringcode.bench;

import io.ringcode.bench.ClosedLoop.Measured;
import io.ringcode.bench.ClosedLoop.Percentiles;
import java.time.LocalDate;
import java.util.Locale;

/** The figures as Markdown, ready for RESULTS.md. */
final class Report {
    private Report() {}

    static void progress(String what) {
        System.err.println("bench: " + what);
    }

    static void machine() {
        say(String.format(Locale.ROOT, "%s, %s", LocalDate.now(java.time.ZoneOffset.UTC), Machine.description()));
    }

    static void load(Load.Result result) {
        say("");
        say(
                "| | ceremonies | per second | server CPU ms | database CPU ms | together | bench's own | foreign CPU | ratio |");
        say("|---|---|---|---|---|---|---|---|---|");
        row("no id_token", result.opaque(), result.opaque().cpu().server(), result.ratio(result.opaque()));
        row("with id_token (RS256)", result.openid(), result.openid().cpu().server(), result.ratio(result.openid()));
        row("bare SQL", result.bare(), result.bare().cpu().client(), 1);
        say("");
        say("| milliseconds, p50 / p95 / p99 | first step | second step | ceremony |");
        say("|---|---|---|---|");
        latencies("no id_token", result.opaque());
        latencies("with id_token (RS256)", result.openid());
        latencies("bare SQL", result.bare());
        say("");
        say(String.format(
                Locale.ROOT,
                "Resident after the load: server %d MB, database %d MB (proportional).",
                result.memory().server() / 1024,
                result.memory().database() / 1024));
        errors("no id_token", result.opaque());
        errors("with id_token", result.openid());
        errors("bare SQL", result.bare());
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

    private static void row(String name, Measured measured, double client, double ratio) {
        var count = measured.ceremonies();
        var cpu = measured.cpu();
        var own = client == cpu.client() ? 0 : cpu.client();
        // What is another's: of the bare part, the server's sweep too.
        var foreign =
                cpu.foreign() / (measured.seconds() * 10 * Runtime.getRuntime().availableProcessors());
        say(String.format(
                Locale.ROOT,
                "| %s | %,d | %,.0f | %.3f | %.3f | %.3f | %.3f | %.0f %% | %.2f |",
                name,
                count,
                measured.perSecond(),
                client / count,
                cpu.database() / count,
                (client + cpu.database()) / count,
                own / count,
                foreign,
                ratio));
    }

    private static void latencies(String name, Measured measured) {
        var cells = new StringBuilder();
        for (Percentiles step : measured.steps())
            cells.append(String.format(Locale.ROOT, " | %.1f / %.1f / %.1f", step.p50(), step.p95(), step.p99()));
        say(String.format(Locale.ROOT, "| %s%s |", name, cells));
    }

    private static void errors(String name, Measured measured) {
        if (measured.errors().isEmpty()) say(String.format(Locale.ROOT, "Errors, %s: none.", name));
        measured.errors()
                .forEach((error, count) -> say(String.format(Locale.ROOT, "Errors, %s: %,d × %s", name, count, error)));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
