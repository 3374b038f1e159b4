package io.ringcode.console.view;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Figures as texts of a page. */
public final class FigureTexts {
    private static final String NOTHING = "–";

    /** What figures count messages as, by the API's names. */
    public static final Map<String, String> COUNTED_AS = countedAs();

    private FigureTexts() {}

    private static Map<String, String> countedAs() {
        var names = new LinkedHashMap<String, String>();
        names.put("sent", "sent");
        names.put("delivered", "delivered");
        names.put("failed", "failed");
        names.put("codes", "a code asked for");
        names.put("verified", "a code verified");
        return names;
    }

    public static String count(JsonNode number) {
        return String.format(Locale.ENGLISH, "%,d", number.asLong(0));
    }

    /** Of nothing, there is no share. */
    public static String share(JsonNode part, JsonNode whole) {
        var of = whole.asLong(0);
        return of == 0 ? NOTHING : Math.round(100.0 * part.asLong(0) / of) + " %";
    }

    /** @param code ISO 3166; missing where it is not known */
    public static String country(JsonNode code) {
        var text = code.asString("");
        return text.isEmpty() ? "Not known" : Locale.of("", text).getDisplayCountry(Locale.ENGLISH);
    }

    /** @param latency with {@code of}, {@code p50} and {@code p95} */
    public static String latency(JsonNode latency) {
        return latency.path("of").asLong(0) == 0
                ? NOTHING
                : seconds(latency.path("p50").asLong(0)) + " / "
                        + seconds(latency.path("p95").asLong(0)) + " s";
    }

    private static String seconds(long millis) {
        return millis < 10_000
                ? String.format(Locale.ENGLISH, "%.1f", millis / 1000.0)
                : String.valueOf(Math.round(millis / 1000.0));
    }

    /** @param cost amounts by currency */
    public static String cost(JsonNode cost) {
        var told = new ArrayList<String>();
        for (var amount : cost.properties())
            told.add(amount.getValue().decimalValue().setScale(2, RoundingMode.HALF_UP) + " " + amount.getKey());
        return told.isEmpty() ? NOTHING : String.join(", ", told);
    }
}
