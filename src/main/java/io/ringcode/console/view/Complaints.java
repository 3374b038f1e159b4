package io.ringcode.console.view;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the Management API says is wrong with a form, by field.
 *
 * @param byField reasons by the names of fields
 */
public record Complaints(Map<String, String> byField) {
    public static final Complaints NONE = new Complaints(Map.of());

    private static final Pattern SENTENCE =
            Pattern.compile("Payload validation error: '(.*)' on property (.+)\\.", Pattern.DOTALL);
    /** What the API says of patterns, in words. */
    private static final Map<String, String> PLAIN = Map.of(
            "String does not match pattern [A-Z]{2}", "Must be countries by their two letters, such as AT CH",
            "String does not match pattern [A-Z]{3}", "Must be three letters, such as EUR");

    /** Of fields that have the API's names. */
    public static Complaints of(@Nullable String problem) {
        var found = SENTENCE.matcher(problem == null ? "" : problem);
        if (!found.matches()) return NONE;
        return new Complaints(Map.of(found.group(2), PLAIN.getOrDefault(found.group(1), found.group(1))));
    }

    /** These, where they are about a member of a list's items, as those about the fields of one row: a member, a hyphen and the key. */
    public Complaints ofRow(String list, String key) {
        var named = new HashMap<String, String>();
        byField.forEach((name, reason) ->
                named.put(name.startsWith(list + ".") ? name.substring(list.length() + 1) + "-" + key : name, reason));
        return new Complaints(named);
    }

    /** These without those about members of a list's items, which do not say of which item. */
    public Complaints without(String list) {
        var others = new HashMap<>(byField);
        others.keySet().removeIf(name -> name.startsWith(list + "."));
        return new Complaints(others);
    }

    public Complaints with(Complaints others) {
        var all = new HashMap<>(byField);
        all.putAll(others.byField);
        return new Complaints(Map.copyOf(all));
    }

    /** The sentence above the form. */
    public String above(String problem) {
        return byField.isEmpty()
                ? problem
                : "Not saved. " + String.join(". ", byField.values()) + ". The field is marked below.";
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
}
