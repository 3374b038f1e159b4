package io.ringcode.console.view;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Messages by day, as bars within bars: sent, of it delivered, of it verified. Drawn on a sheet that is {@link #HEIGHT} high
 * and {@link #SLOT} wide for each day.
 *
 * @param top what the upper edge stands for
 * @param best in words: the busiest day
 */
public record Chart(List<Day> days, long top, String best) {
    public static final int HEIGHT = 100;
    public static final int SLOT = 10;

    /** @param left where the day begins; the others are how high the bars are */
    public record Day(int left, String date, double sent, double delivered, double verified, String told) {}

    public int width() {
        return days.size() * SLOT;
    }

    public static Chart of(JsonNode days) {
        long most = 0;
        var best = "";
        for (var day : days)
            if (day.path("sent").asLong(0) > most) {
                most = day.path("sent").asLong(0);
                best = most + " on " + day.path("date").asString("");
            }
        var top = round(most);
        var drawn = new ArrayList<Day>();
        for (var day : days) drawn.add(draw(day, drawn.size() * SLOT, top));
        return new Chart(drawn, top, best);
    }

    private static Day draw(JsonNode day, int left, long top) {
        var date = day.path("date").asString("");
        var told = "%s: %s sent, %s delivered, %s verified"
                .formatted(
                        date,
                        FigureTexts.count(day.path("sent")),
                        FigureTexts.count(day.path("delivered")),
                        FigureTexts.count(day.path("verified")));
        return new Day(
                left,
                date,
                height(day.path("sent"), top),
                height(day.path("delivered"), top),
                height(day.path("verified"), top),
                told);
    }

    private static double height(JsonNode number, long top) {
        return Math.round(1000.0 * HEIGHT * Math.min(number.asLong(0), top) / top) / 1000.0;
    }

    /** The next number up that is round, and whose half is a whole number. */
    private static long round(long most) {
        for (long power = 1; ; power *= 10)
            for (long step = 2; step <= 10; step++)
                if (most <= step * power && step * power % 2 == 0) return step * power;
    }
}
