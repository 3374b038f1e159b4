package io.ringcode.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members of bodies and answers with their types: by name, or as a line says itself. */
final class Members {
    private static final Map<String, String> TYPES = types();

    /** @param type one of JSON Schema's, or {@code date-time} */
    record Member(String name, boolean required, String type) {
        Map<String, Object> schema() {
            return switch (type) {
                case "date-time" -> Map.of("type", "string", "format", "date-time");
                case "array" -> Map.of("type", "array", "items", Map.of());
                default -> Map.of("type", type);
            };
        }
    }

    private Members() {}

    /** @param words such as {@code user_id*} or {@code scope:array} */
    static List<Member> of(List<String> words) {
        var members = new ArrayList<Member>();
        for (var word : words) {
            var parts = word.replace("*", "").split(":", 2);
            var type = parts.length == 2 ? parts[1] : TYPES.getOrDefault(parts[0], "string");
            members.add(new Member(parts[0], word.contains("*"), type));
        }
        return members;
    }

    /** @param words begin with {@code []} for a list of such objects; empty for an object of any kind */
    static Map<String, Object> schema(List<String> words) {
        if (words.isEmpty()) return Map.of();
        if (words.getFirst().equals("[]"))
            return Map.of("type", "array", "items", schema(words.subList(1, words.size())));
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var member : of(words)) {
            properties.put(member.name(), member.schema());
            if (member.required()) required.add(member.name());
        }
        var schema = new LinkedHashMap<String, Object>(Map.of("type", "object", "properties", properties));
        if (!required.isEmpty()) schema.put("required", required);
        return schema;
    }

    private static Map<String, String> types() {
        var types = new HashMap<String, String>();
        for (var line : Resources.lines("members.txt")) {
            var parts = line.split(": ", 2);
            for (var name : parts[1].split(" ", -1)) types.put(name, parts[0]);
        }
        return types;
    }
}
