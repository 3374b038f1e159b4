package io.ringcode.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The median of several rounds and what they range over. */
record Spread(double median, double lowest, double highest) {
    static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    /** The median, and in brackets the range where there is one. */
    String text(String format) {
        var middle = String.format(Locale.ROOT, format, median);
        return lowest == highest
                ? middle
                : middle + " (" + String.format(Locale.ROOT, format, lowest) + "–"
                        + String.format(Locale.ROOT, format, highest) + ")";
    }
}
