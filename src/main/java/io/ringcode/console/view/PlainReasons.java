package io.ringcode.console.view;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The reasons of the Management API's schemas as sentences for people who see a form and not a schema. */
final class PlainReasons {
    private static final String PATTERN = "String does not match pattern ";
    private static final String COUNTRIES = "Use two-letter country codes, such as AT CH.";
    private static final String WEB = "Enter a full URL, such as https://example.com/help.";
    private static final Pattern LENGTH = Pattern.compile("Must have 0 to ([0-9]+) characters");

    /** What a text of some pattern must look like, by a part of the property's name. */
    private static final Map<String, String> SHAPES = new LinkedHashMap<>();

    private static final Map<String, String> REASONS = Map.of(
            "Expected type integer", "Enter a whole number.",
            "Expected type number", "Enter a number.",
            "Expected type string", "Enter a text.",
            "Expected type array", "Enter a list.",
            "Expected type object", "This is incomplete.",
            "Must be an absolute URL", WEB,
            "Object didn't pass validation for format date-time", "Enter a date and a time.",
            "Must name a country where only these are allowed", "Enter at least one country.",
            "Expected ISO 3166-1 alpha-2 codes, such as DE", COUNTRIES,
            "Must be well-formed text", "This contains a character that cannot be stored.");

    static {
        SHAPES.put("email", "Enter an email address, such as help@example.com.");
        SHAPES.put("url", WEB);
        SHAPES.put("locale", "Select one of the listed languages.");
        SHAPES.put("colors", "Enter a color as # and six hexadecimal digits, such as #1f4f46.");
        SHAPES.put("background", "Enter a color as # and six hexadecimal digits, such as #1f4f46.");
        SHAPES.put("currency", "Enter three letters, such as EUR.");
        SHAPES.put("countr", COUNTRIES);
        SHAPES.put("list", COUNTRIES);
        SHAPES.put("phone_until", "Enter a date, such as 2027-06-30.");
        SHAPES.put("port", "Enter a port from 1 to 65535.");
        SHAPES.put("contenttype", "Enter a content type, such as application/json.");
        SHAPES.put("header", "Enter a header as Name: value, in plain ASCII.");
    }

    private PlainReasons() {}

    static String of(String property, String reason) {
        if (reason.equals("is empty") || reason.startsWith("Missing required property")) return "Enter a value.";
        if (reason.startsWith("Additional properties not allowed")) return "This cannot be set here.";
        if (reason.startsWith("No enum match")) return "Select one of the listed values.";
        if (reason.startsWith(PATTERN)) return shape(property);
        var length = LENGTH.matcher(reason);
        if (length.matches()) return "Use at most " + length.group(1) + " characters.";
        var known = REASONS.get(reason);
        if (known != null) return known;
        return sentence(reason);
    }

    /** npm writes its name small. */
    private static String sentence(String reason) {
        var begun = reason.isEmpty() || reason.startsWith("npm ")
                ? reason
                : reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1);
        return begun.matches("(?s).*[.?!]") ? begun : begun + ".";
    }

    private static String shape(String property) {
        var lower = property.toLowerCase(Locale.ROOT);
        return SHAPES.entrySet().stream()
                .filter(shape -> lower.contains(shape.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("This does not have the expected format.");
    }
}
