package io.ringcode.console.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Figures as texts of a page. */
public final class FigureTexts {
    private static final String NOTHING = "–";

    private FigureTexts() {}

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

    /** @param titles of carriers, by name */
    public static String provider(JsonNode name, Map<String, String> titles) {
        return switch (name.asString("")) {
            case "auth0" -> "Built-in";
            case "phone-message-hook" -> "Custom";
            case String other -> titles.getOrDefault(other, other);
        };
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

    /**
     * What an SMS cost lately, on average.
     *
     * @return null where no receipt told a price
     */
    public static @Nullable String price(JsonNode figures) {
        var costs = new TreeMap<String, BigDecimal>();
        var priced = new TreeMap<String, Long>();
        for (var carrier : figures.path("carriers"))
            if (carrier.path("channel").asString("").equals("sms"))
                for (var amount : carrier.path("cost").properties()) {
                    costs.merge(amount.getKey(), amount.getValue().decimalValue(), BigDecimal::add);
                    priced.merge(
                            amount.getKey(),
                            carrier.path("priced").path(amount.getKey()).asLong(0),
                            Long::sum);
                }
        var told = new ArrayList<String>();
        costs.forEach((currency, cost) -> {
            var of = Math.max(1, priced.getOrDefault(currency, 0L));
            told.add(cost.divide(BigDecimal.valueOf(of), 4, RoundingMode.HALF_UP) + " " + currency);
        });
        return told.isEmpty() ? null : String.join(" or ", told);
    }

    /** @param cost amounts by currency */
    public static String cost(JsonNode cost) {
        var told = new ArrayList<String>();
        for (var amount : cost.properties())
            told.add(amount.getValue().decimalValue().setScale(2, RoundingMode.HALF_UP) + " " + amount.getKey());
        return told.isEmpty() ? NOTHING : String.join(", ", told);
    }
}
