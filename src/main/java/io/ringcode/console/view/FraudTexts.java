package io.ringcode.console.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the fraud guard found and did, as texts of a page. */
public final class FraudTexts {
    private FraudTexts() {}

    /** @param of with {@code scope} and {@code scope_key} */
    public static String scope(JsonNode of) {
        var label = of.path("scope").asString("");
        var colon = label.indexOf(':');
        var name = colon < 0 ? "" : label.substring(colon + 1);
        return switch (colon < 0 || label.startsWith("address:") ? label : label.substring(0, colon)) {
            case "prefix" -> "Numbers from " + name + "…";
            case "country" -> place(name);
            case "new-prefixes" -> "New ranges in " + place(name);
            case "unknown-ranges" -> "Ranges that are not assigned in " + place(name);
            case "passed-challenge" -> "Passed a challenge, in " + place(name);
            case "new-countries" -> "Countries without any code typed, by " + channel(name);
            case "asn" -> "AS " + name;
            case "address" -> "One address" + tail(of);
            case "address:network" -> "One network" + tail(of);
            case "address:wide-network" -> "One wide network" + tail(of);
            case "number" -> "One number";
            case "account" -> "One account";
            case "several" -> "Several";
            case String other -> other;
        };
    }

    /** Addresses are stored as hashes, whose ends tell them apart. */
    private static String tail(JsonNode of) {
        var key = of.path("scope_key").asString("");
        return key.length() < 6 ? "" : " (…" + key.substring(key.length() - 4) + ")";
    }

    /** @param name a country, or a country and {@code voice} */
    private static String place(String name) {
        var country = name.replace(" voice", "");
        var shown = country.matches("[A-Z]{2}") ? Locale.of("", country).getDisplayCountry(Locale.ENGLISH) : country;
        return name.endsWith(" voice") ? shown + ", calls" : shown;
    }

    private static String channel(String wire) {
        return wire.equals("voice") ? "call" : "SMS";
    }

    /** What was done in the end, or would have been. */
    public static String done(JsonNode decision) {
        var answer = decision.path("answer").asString("");
        if (decision.path("mode").asString("").equals("shadow"))
            return answer.equals("refuse") ? "would refuse" : "would challenge";
        return switch (decision.path("decision").asString("")) {
            case "refuse" -> "refused";
            case "challenge" -> "challenged";
            case String _ -> "watched";
        };
    }

    public static String money(JsonNode amount, String currency) {
        var value = amount.isNumber() ? amount.decimalValue() : BigDecimal.ZERO;
        return value.setScale(Math.clamp(value.scale(), 2, 4), RoundingMode.HALF_UP)
                        .toPlainString() + " " + currency;
    }

    /** In hundredths of the limit, at most all of it. */
    public static long share(JsonNode budget) {
        var limit = budget.path("limit").asDouble(0);
        return limit <= 0
                ? 100
                : Math.clamp(Math.round(100 * budget.path("spent").asDouble(0) / limit), 0L, 100L);
    }

    /** @param titles of carriers, by name */
    public static String budget(JsonNode budget, Map<String, String> titles) {
        var of = budget.path("of").asString("");
        return switch (budget.path("scope").asString("")) {
            case "tenant" -> "Everything";
            case "country" -> place(of);
            case "application" -> "Application " + of;
            case String _ -> "Carrier " + titles.getOrDefault(of, of);
        };
    }
}
