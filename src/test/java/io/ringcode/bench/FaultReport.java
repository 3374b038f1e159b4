package io.ringcode.bench;

import ch.qos.logback.classic.Level;
import io.ringcode.delivery.FaultRun;
import io.ringcode.delivery.FaultRun.Manner;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ten thousand codes over carriers with faults, in four manners, as Markdown. */
final class FaultReport {
    private static final int CODES = Integer.getInteger("ringcode.bench.codes", 10_000);

    private FaultReport() {}

    static void run() {
        // Figures go to standard output, and so would every opening of a breaker.
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root)
            root.setLevel(Level.ERROR);
        say("");
        say("| " + CODES + " codes, each manner | at the phone in 30 s | ever | extra messages per 100 codes |"
                + " codes that came twice, per 100 | breakers opened (left alone, s) |");
        say("|---|---|---|---|---|---|");
        for (var manner : Manner.values()) {
            Report.progress("faults, " + manner);
            try (var run = new FaultRun(manner)) {
                row(manner, run.run(CODES));
            }
        }
    }

    private static void row(Manner manner, FaultRun.Result result) {
        double hundred = result.codes() / 100.0;
        var breakers = result.opened().entrySet().stream()
                .filter(one -> one.getValue() > 0)
                .map(one -> "%s %d (%.0f)"
                        .formatted(
                                one.getKey(),
                                one.getValue(),
                                result.secondsOpen().getOrDefault(one.getKey(), 0.0)))
                .collect(Collectors.joining(", "));
        say(String.format(
                Locale.ROOT,
                "| %s | %.2f %% | %.2f %% | %.1f | %.1f | %s |",
                name(manner),
                result.inTime() / hundred,
                result.ever() / hundred,
                (result.carried() - result.codes()) / hundred,
                result.duplicates() / hundred,
                breakers.isEmpty() ? "none" : breakers));
    }

    private static String name(Manner manner) {
        return switch (manner) {
            case WHOLE -> "routes, breakers, receipts, next carrier, other channel";
            case ROUTES -> "the same without the other channel";
            case SILENT -> "the same, a missing receipt helped by nothing";
            case ON_ERROR -> "next carrier on an error, nothing else";
            case SINGLE -> "the first carrier alone, with retries";
        };
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
