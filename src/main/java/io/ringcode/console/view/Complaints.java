package io.ringcode.console.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the Management API says is wrong with a form, by field. What a form sends under another name than its field has is
 * renamed by the page ({@link #as}), so that each reason stands beside its field and leads there from the summary.
 *
 * @param byField reasons by the ids of fields
 */
public record Complaints(Map<String, String> byField) {
    public static final Complaints NONE = new Complaints(Map.of());

    private static final Pattern SENTENCE =
            Pattern.compile("(?:Payload|Query) validation error: '(.*)' on property (.+)\\.", Pattern.DOTALL);

    /** What is refused once it is tried names the template before its colon. */
    private static final Pattern TEMPLATE =
            Pattern.compile("Payload validation error: '([a-z]+_message): (.*)'\\.", Pattern.DOTALL);

    /** Of fields that have the API's names. */
    public static Complaints of(@Nullable String problem) {
        var found = SENTENCE.matcher(problem == null ? "" : problem);
        if (found.matches()) return of(found.group(2), PlainReasons.of(found.group(2), found.group(1)));
        var template = TEMPLATE.matcher(problem == null ? "" : problem);
        return template.matches() ? of(template.group(1), PlainReasons.of("", template.group(2))) : NONE;
    }

    public static Complaints of(String field, String sentence) {
        return new Complaints(Map.of(field, sentence));
    }

    /** @param field the id of the field that a property is typed in */
    public Complaints as(UnaryOperator<String> field) {
        var named = new LinkedHashMap<String, String>();
        byField.forEach((property, reason) -> named.put(field.apply(property), reason));
        return new Complaints(named);
    }

    public Complaints as(Map<String, String> fields) {
        return as(property -> fields.getOrDefault(property, property));
    }

    /** These, where they are about a member of a list's items, as those about the fields of one row: a member, a hyphen and the key. */
    public Complaints ofRow(String list, String key) {
        return as(name -> name.startsWith(list + ".") ? name.substring(list.length() + 1) + "-" + key : name);
    }

    /** These without those about members of a list's items, which do not say of which item. */
    public Complaints without(String list) {
        var others = new LinkedHashMap<>(byField);
        others.keySet().removeIf(name -> name.startsWith(list + "."));
        return new Complaints(others);
    }

    public Complaints with(Complaints others) {
        var all = new LinkedHashMap<>(byField);
        all.putAll(others.byField);
        return new Complaints(all);
    }

    /** @return null where nothing is wrong with the field */
    public @Nullable String on(String field) {
        return byField.get(field);
    }

    /** {@code aria-invalid} of a field; null where nothing is wrong with it. */
    public @Nullable String invalid(String field) {
        return byField.containsKey(field) ? "true" : null;
    }

    /** The id of what is said beside a field; null for nothing. */
    public @Nullable String told(String field) {
        return byField.containsKey(field) ? field + "-problem" : null;
    }

    /** The same before the id of the field's hint. */
    public String told(String field, String hint) {
        return byField.containsKey(field) ? field + "-problem " + hint : hint;
    }

    /** Each field with what is wrong with it, as it stands above the form. */
    public List<Map.Entry<String, String>> summary() {
        return byField.entrySet().stream()
                .map(one -> Map.entry(one.getKey(), name(one.getKey()) + ": " + one.getValue()))
                .toList();
    }

    /** What fields are called on their pages, where their ids are shorter. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("csv", "Price list"),
            Map.entry("of", "Applies to"),
            Map.entry("list", "Countries"),
            Map.entry("where", "Countries or number prefixes"),
            Map.entry("typed name", "Name"),
            Map.entry("pem", "Public key"),
            Map.entry("to", "Phone number"),
            Map.entry("primary", "Color"),
            Map.entry("end", "Gradient end color"),
            Map.entry("sms", "Channels"),
            Map.entry("method", "Authentication"),
            Map.entry("way auth0", "Delivery method"),
            Map.entry("overall", "In any case"),
            Map.entry("inactivity", "Without use"),
            Map.entry("strict", "Applications"),
            Map.entry("new", "Routes"));

    /** The field's id as words: {@code session_lifetime} and {@code limit-2} are Session lifetime and Limit. */
    private static String name(String field) {
        var words = field.replaceFirst("-[0-9]+$", "")
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .replaceAll("[._-]", " ")
                .toLowerCase(Locale.ROOT);
        var known = NAMES.get(words);
        return known != null ? known : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
