package io.ringcode.bench;

import java.util.Locale;

/** The figures of hooks as Markdown. */
final class HookReport {
    private HookReport() {}

    static void say(HookSends.Result result) {
        System.out.println();
        System.out.println("| hooks, milliseconds | p50 | p99 | longest | of |");
        System.out.println("|---|---|---|---|---|");
        row("warm call", result.warm());
        row("cold start", result.cold());
        row("cold start, axios required", result.coldWithAxios());
        row("send at 200 per second, outbox included", result.sends());
        System.out.println();
        System.out.printf(
                Locale.ROOT,
                "%,d sends in %.1f s, %.1f per second, %d failed.%n",
                result.sends().length,
                result.seconds(),
                result.sends().length / result.seconds(),
                result.failed());
    }

    private static void row(String what, double[] sorted) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %,d |%n",
                what,
                at(sorted, 0.5),
                at(sorted, 0.99),
                sorted[sorted.length - 1],
                sorted.length);
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
