package io.ringcode.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Example values that fit a JSON Schema: by a member's name, where {@code examples.txt} knows one, else by its type. */
final class Examples {
    /** By a member's name, or by that of the object around it, a dot and the member's; a body's own members are in {@code body}. */
    private static final Map<String, List<String>> BY_NAME = byName();

    private static final String BODY = "body";
    private static final String ALSO = ".+";
    private static final String EMPTY_LIST = "[]";
    private static final int DEEPEST = 4;
    /** Of a body with nothing that must be there. */
    private static final int FEW = 2;

    private Examples() {}

    /** What must be there; where nothing must, the first members. */
    static @Nullable Object ofBody(Map<String, Object> schema) {
        return value(new Place(BODY, BODY, 0), schema, Extent.NEEDED);
    }

    /** All that may be there. */
    static @Nullable Object ofAnswer(Map<String, Object> schema) {
        return value(new Place("", "", 0), schema, Extent.ALL);
    }

    private enum Extent {
        NEEDED,
        ALL
    }

    /** @param around the name of the object that the member is of */
    private record Place(String around, String name, int depth) {
        Place member(String member) {
            return new Place(name, member, depth + 1);
        }

        Place item() {
            return new Place(around, name, depth + 1);
        }

        List<String> known() {
            var qualified = BY_NAME.get(around + "." + name);
            return qualified != null ? qualified : BY_NAME.getOrDefault(name, List.of());
        }
    }

    static String ofText(String name) {
        return BY_NAME.getOrDefault(name, List.of("…")).getFirst();
    }

    private static @Nullable Object value(Place place, Map<String, Object> schema, Extent extent) {
        if (schema.get("anyOf") instanceof List<?> choices) return value(place, of(choices.getFirst()), extent);
        if (schema.get("enum") instanceof List<?> choices)
            return place.known().stream()
                    .filter(choices::contains)
                    .map(Object.class::cast)
                    .findFirst()
                    .orElse(choices.getFirst());
        return switch (String.valueOf(schema.get("type"))) {
            case "boolean" -> true;
            case "integer", "number" -> number(place, schema);
            case "array" -> list(place, schema, extent);
            case "object" -> object(place, schema, extent);
            case "string" -> text(place, schema);
            case String _ -> Map.of();
        };
    }

    private static Object number(Place place, Map<String, Object> schema) {
        return place.known().stream()
                .filter(known -> known.matches("[0-9]+"))
                .findFirst()
                .<Object>map(Integer::valueOf)
                .orElse(schema.getOrDefault("minimum", 1));
    }

    private static String text(Place place, Map<String, Object> schema) {
        if ("date-time".equals(schema.get("format"))) return "2026-11-20T09:30:00.000Z";
        return place.known().stream().findFirst().orElse("…");
    }

    private static Object list(Place place, Map<String, Object> schema, Extent extent) {
        if (place.depth() >= DEEPEST || place.known().contains(EMPTY_LIST)) return List.of();
        var item = value(place.item(), of(schema.get("items")), extent);
        return item == null ? List.of() : List.of(item);
    }

    private static Object object(Place place, Map<String, Object> schema, Extent extent) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        if (place.depth() >= DEEPEST) return object;
        var members = of(schema.get("properties"));
        for (var name : names(place, schema, members, extent))
            object.put(name, value(place.member(name), of(members.get(name)), extent));
        return object;
    }

    private static List<String> names(
            Place place, Map<String, Object> schema, Map<String, Object> members, Extent extent) {
        if (extent == Extent.ALL) return List.copyOf(members.keySet());
        var required = new ArrayList<String>();
        if (schema.get("required") instanceof List<?> names) names.forEach(name -> required.add(String.valueOf(name)));
        var names = required.isEmpty() ? members.keySet().stream().limit(FEW) : required.stream();
        var more = BY_NAME.getOrDefault(place.name() + ALSO, List.of()).stream().filter(members::containsKey);
        return Stream.concat(names, more).distinct().toList();
    }

    @SuppressWarnings("unchecked") // a JSON Schema of our own making
    private static Map<String, Object> of(@Nullable Object schema) {
        return schema instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static Map<String, List<String>> byName() {
        var known = new HashMap<String, List<String>>();
        for (var line : Resources.lines("examples.txt")) {
            var parts = line.split(": ", 2);
            for (var name : parts[0].split(",\\s*", -1))
                known.computeIfAbsent(name, _ -> new ArrayList<>()).add(parts[1]);
        }
        return known;
    }
}
