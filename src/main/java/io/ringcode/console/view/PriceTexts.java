package io.ringcode.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Prices of segments as sentences of a page: what is known, and what is not. */
public final class PriceTexts {
    private static final String BUILT_IN = "auth0";
    private static final int NAMED = 3;

    private PriceTexts() {}

    /**
     * One sentence for each carrier.
     *
     * @param prices as a preview answers them
     * @param titles of carriers, by name
     */
    public static List<String> lines(JsonNode prices, Map<String, String> titles) {
        var lines = new ArrayList<String>();
        var currency = prices.path("currency").asString("");
        for (var carrier : prices.path("carriers")) {
            var name = carrier.path("provider").asString("");
            lines.add(titles.getOrDefault(name, name) + ": " + of(carrier, prices, currency) + ".");
        }
        return lines;
    }

    private static String of(JsonNode carrier, JsonNode prices, String currency) {
        if (carrier.path("provider").asString("").equals(BUILT_IN)) return "costs nothing";
        var countries = carrier.path("countries").asInt(0);
        var elsewhere = carrier.path("elsewhere");
        if (countries == 0 && !elsewhere.isNumber())
            return "no price is known yet; budgets count " + money(prices.path("assumed"), currency);
        if (countries == 0) return money(elsewhere, currency) + " in every country";
        return range(carrier, countries, currency) + rest(carrier, elsewhere, currency);
    }

    private static String range(JsonNode carrier, int countries, String currency) {
        var least = carrier.path("least");
        var most = carrier.path("most");
        if (countries == 1 && least.equals(most))
            return money(least, currency) + " in " + country(carrier.path("least_country"));
        if (least.equals(most)) return money(least, currency) + " in " + countries + " countries";
        return "from " + money(least, currency) + " (" + country(carrier.path("least_country")) + ") to "
                + money(most, currency) + " (" + country(carrier.path("most_country")) + ")";
    }

    private static String rest(JsonNode carrier, JsonNode elsewhere, String currency) {
        if (elsewhere.isNumber()) return ", elsewhere " + money(elsewhere, currency);
        var unknown = carrier.path("unknown").valueStream().toList();
        if (unknown.isEmpty()) return ", not known for other countries";
        var named = unknown.stream().limit(NAMED).map(PriceTexts::country).collect(Collectors.joining(", "));
        var more = unknown.size() - NAMED;
        return ", not known for " + named + (more > 0 ? " and " + more + " more" : "");
    }

    private static String country(JsonNode code) {
        return Locale.of("", code.asString("")).getDisplayCountry(Locale.ENGLISH);
    }

    private static String money(JsonNode amount, String currency) {
        return amount.decimalValue().toPlainString() + " " + currency;
    }
}
