package io.ringcode.bench.fraud;

import io.ringcode.budget.PriceList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The prices of a replay's messages as the price list that a tenant would have. */
final class ListedPrices {
    private ListedPrices() {}

    /** @return by tenant, as CSV: the mean of each range, of ten thousand numbers where a list has room for so many lines */
    static Map<String, String> of(List<Event> events) {
        return events.stream()
                .filter(event -> event.price() > 0)
                .collect(Collectors.groupingBy(
                        Event::tenant, Collectors.collectingAndThen(Collectors.toList(), ListedPrices::csv)));
    }

    private static String csv(List<Event> events) {
        for (int open = 4; ; open++) {
            int dropped = open;
            var means = events.stream()
                    .collect(Collectors.groupingBy(
                            event -> line(event, dropped), TreeMap::new, Collectors.averagingDouble(Event::price)));
            if (means.size() > PriceList.MOST_LINES) continue;
            return means.entrySet().stream()
                    .map(one -> String.format(Locale.ROOT, "%s,%.6f", one.getKey(), one.getValue()))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String line(Event event, int dropped) {
        var digits = event.phone().substring(1);
        return "*," + digits.substring(0, Math.max(1, digits.length() - dropped)) + ","
                + (event.voice() ? "voice" : "sms");
    }
}
