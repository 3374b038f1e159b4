package io.ringcode.console.view;

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
    /** For hours there is a page, and for messages a list, as long as they are kept. */
    private static final int DAYS_OF_MESSAGES = 30;

    /** @param style of its bars, the widest first */
    public record Series(String style, String label) {}

    /** One bar of each series, in their order. */
    public record Bar(String style, double left, double width, double height) {}

    /**
     * A moment.
     *
     * @param address where a press on it leads; empty for nowhere
     * @param told its values in words
     */
    public record Slot(int left, String address, List<Bar> bars, String told) {}

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
            var kept = moments.size() >= days.size() - DAYS_OF_MESSAGES;
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
        var series = List.of(new Series("sent", "Codes asked for"), new Series("verified", "Verified"));
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
        for (var moment : moments) slots.add(slot(moment, slots.size() * SLOT, series, top, format));
        return new Chart(
                title,
                unit,
                series,
                slots,
                ticks(moments),
                List.of(format.apply(top), format.apply(top / 2), "0"),
                best);
    }

    private static Slot slot(Moment moment, int left, List<Series> series, long top, Function<Long, String> format) {
        var bars = new ArrayList<Bar>();
        for (int i = 0; i < series.size(); i++) {
            var width = SLOT - 2 - 5.0 * i / (series.size() - 1);
            bars.add(new Bar(
                    series.get(i).style(),
                    left + (SLOT - width) / 2,
                    width,
                    height(moment.values().get(i), top)));
        }
        return new Slot(left, moment.address(), bars, told(moment, series, format));
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
        return Math.round(1000.0 * HEIGHT * Math.min(number, top) / top) / 1000.0;
    }

    /** The next number up that is round, and whose half is a whole number. */
    private static long round(long most) {
        for (long power = 1; ; power *= 10)
            for (long step = 2; step <= 10; step++)
                if (most <= step * power && step * power % 2 == 0) return step * power;
    }
}
