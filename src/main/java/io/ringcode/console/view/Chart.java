package io.ringcode.console.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A chart of bars within bars over the time, drawn on a sheet that is {@link #HEIGHT} high and {@link #SLOT} wide for each
 * moment. Its scale and its dates stand beside the sheet, which is stretched.
 *
 * @param unit of the scale, in words
 * @param ticks what stands below the sheet, at equal distances
 * @param scale from the upper edge down
 * @param most in words: the highest bar; empty where there is none
 */
public record Chart(
        String title,
        String unit,
        List<Series> series,
        List<Slot> slots,
        List<String> ticks,
        List<String> scale,
        String most) {
    public static final int HEIGHT = 100;
    public static final int SLOT = 10;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    /**
     * What is counted: a bar for each moment, the widest series first.
     *
     * @param bars their outline, as SVG draws it: one path for all keeps a page of ninety days small
     */
    public record Series(String style, String label, String bars) {
        private Series(String style, String label) {
            this(style, label, "");
        }
    }

    /**
     * A moment.
     *
     * @param address where a press on it leads; empty for nowhere
     * @param told its values in words
     */
    public record Slot(int left, String address, String told) {}

    public boolean isEmpty() {
        return most.isEmpty();
    }

    public int width() {
        return slots.size() * SLOT;
    }

    /** @param days as figures answer them, the last one today */
    public static Chart ofDays(JsonNode days) {
        var series = List.of(
                new Series("sent", "Sent"), new Series("delivered", "Delivered"), new Series("verified", "Verified"));
        var moments = new ArrayList<Moment>();
        for (var day : days) {
            var date = LocalDate.parse(day.path("date").asString(""));
            var kept = moments.size() >= days.size() - FigureLinks.DAYS_OF_MESSAGES;
            moments.add(new Moment(
                    date.format(SHORT_DAY),
                    date.format(DAY),
                    kept ? "/console/hours?day=" + date : "",
                    List.of(number(day, "sent"), number(day, "delivered"), number(day, "verified"))));
        }
        return drawn("Messages by day", "Messages a day", series, moments, Chart::count);
    }

    /** Of a day's hours: how many codes were asked for, and verified. */
    public static Chart ofCodes(JsonNode hours, String day) {
        var series = List.of(new Series("sent", "Codes requested"), new Series("verified", "Verified"));
        return drawn(
                "Codes by hour",
                "Codes an hour",
                series,
                moments(hours, day, hour -> List.of(number(hour, "codes"), number(hour, "verified"))),
                Chart::count);
    }

    /** Of a day's hours: how long messages took until they arrived. */
    public static Chart ofDelivery(JsonNode hours, String day) {
        var series = List.of(new Series("sent", "p95"), new Series("delivered", "p50"));
        Function<JsonNode, List<Long>> latencies =
                hour -> List.of(number(hour.path("delivered_ms"), "p95"), number(hour.path("delivered_ms"), "p50"));
        return drawn(
                "Delivery time by hour",
                "Seconds until delivered",
                series,
                moments(hours, day, latencies),
                Chart::seconds);
    }

    /** @param tick what its place on the axis is called */
    private record Moment(String tick, String name, String address, List<Long> values) {}

    private static List<Moment> moments(JsonNode hours, String day, Function<JsonNode, List<Long>> values) {
        var moments = new ArrayList<Moment>();
        for (var hour : hours) {
            var number = hour.path("hour").asInt(0);
            moments.add(new Moment(
                    "%02d:00".formatted(number),
                    "%02d:00 to %02d:00".formatted(number, number + 1),
                    "/console/messages?since=" + day + "&until=" + day + "&hour=" + number,
                    values.apply(hour)));
        }
        return moments;
    }

    private static Chart drawn(
            String title, String unit, List<Series> series, List<Moment> moments, Function<Long, String> format) {
        long most = 0;
        var best = "";
        for (var moment : moments)
            if (moment.values().getFirst() > most) {
                most = moment.values().getFirst();
                best = told(moment, series, format);
            }
        var top = round(most);
        var slots = new ArrayList<Slot>();
        for (var moment : moments)
            slots.add(new Slot(slots.size() * SLOT, moment.address(), told(moment, series, format)));
        var drawn = new ArrayList<Series>();
        for (var one : series)
            drawn.add(new Series(one.style(), one.label(), bars(moments, drawn.size(), series.size(), top)));
        return new Chart(
                title,
                unit,
                drawn,
                slots,
                ticks(moments),
                List.of(format.apply(top), format.apply(top / 2), "0"),
                best);
    }

    /** @param index of the series: each one's bars are narrower than those that they stand in */
    private static String bars(List<Moment> moments, int index, int of, long top) {
        var width = SLOT - 2 - 5.0 * index / (of - 1);
        var path = new StringBuilder();
        for (int i = 0; i < moments.size(); i++) {
            var height = height(moments.get(i).values().get(index), top);
            if (height == 0) continue;
            path.append('M')
                    .append(brief(i * SLOT + (SLOT - width) / 2))
                    .append(' ')
                    .append(HEIGHT);
            path.append('v')
                    .append(brief(-height))
                    .append('h')
                    .append(brief(width))
                    .append('V')
                    .append(HEIGHT)
                    .append('z');
        }
        return path.toString();
    }

    private static String told(Moment moment, List<Series> series, Function<Long, String> format) {
        var told = new ArrayList<String>();
        for (int i = 0; i < series.size(); i++)
            told.add(series.get(i).label().toLowerCase(Locale.ROOT) + " "
                    + format.apply(moment.values().get(i)));
        return moment.name() + ": " + String.join(", ", told);
    }

    /** As many as there is room for on a phone. */
    private static List<String> ticks(List<Moment> moments) {
        var step = moments.size() <= 8 ? 1 : moments.size() == 24 ? 4 : Math.max(1, moments.size() / 6);
        var ticks = new ArrayList<String>();
        for (int i = 0; i < moments.size(); i += step) ticks.add(moments.get(i).tick());
        return ticks;
    }

    private static long number(JsonNode of, String name) {
        return of.path(name).asLong(0);
    }

    private static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private static String seconds(long millis) {
        return millis == 0
                ? "0"
                : String.format(Locale.ENGLISH, millis < 10_000 ? "%.1f s" : "%.0f s", millis / 1000.0);
    }

    private static double height(long number, long top) {
        return (double) HEIGHT * Math.min(number, top) / top;
    }

    /** A length in as few digits as anybody sees. */
    private static String brief(double length) {
        return BigDecimal.valueOf(length)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The next number up that is round, and whose half is a whole number. */
    private static long round(long most) {
        for (long power = 1; ; power *= 10)
            for (long step = 2; step <= 10; step++)
                if (most <= step * power && step * power % 2 == 0) return step * power;
    }
}
