package io.ringcode.json;

import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.json.Rule.TypedName;
import io.ringcode.text.StorableText;
import io.ringcode.text.Typed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema of one JSON value: reads it, or refuses it with the path of what does not fit and never the value itself. */
sealed interface Value {
    Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    /** @throws InvalidBody when it does not fit */
    Object read(JsonNode node, String path);

    /** As JSON Schema, for OpenAPI 3.1. */
    Map<String, Object> describe();

    record Flag() implements Value {
        @Override
        public Object read(JsonNode node, String path) {
            if (!node.isBoolean()) throw InvalidBody.at(path, "Expected type boolean");
            return node.booleanValue();
        }

        @Override
        public Map<String, Object> describe() {
            return Map.of("type", "boolean");
        }
    }

    record WholeNumber(@Nullable Range range) implements Value {
        @Override
        public Object read(JsonNode node, String path) {
            if (!node.isIntegralNumber() || !node.canConvertToInt())
                throw InvalidBody.at(path, "Expected type integer");
            var number = node.intValue();
            if (range != null && (number < range.min() || number > range.max()))
                throw InvalidBody.at(path, "Must be between " + (int) range.min() + " and " + (int) range.max());
            return number;
        }

        @Override
        public Map<String, Object> describe() {
            var schema = new LinkedHashMap<String, Object>(Map.of("type", "integer"));
            if (range != null) {
                schema.put("minimum", (int) range.min());
                schema.put("maximum", (int) range.max());
            }
            return schema;
        }
    }

    /** @param exact whether it is read with the digits that were sent, for what is given back */
    record Decimal(@Nullable Range range, boolean exact) implements Value {
        @Override
        public Object read(JsonNode node, String path) {
            var number = node.isNumber() ? node.doubleValue() : Double.NaN;
            if (!Double.isFinite(number)) throw InvalidBody.at(path, "Expected type number");
            if (range != null && (number < range.min() || number > range.max()))
                throw InvalidBody.at(path, "Must be between " + shown(range.min()) + " and " + shown(range.max()));
            if (exact) return node.decimalValue();
            return number;
        }

        private static String shown(double bound) {
            return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
        }

        @Override
        public Map<String, Object> describe() {
            var schema = new LinkedHashMap<String, Object>(Map.of("type", "number"));
            if (range != null) {
                schema.put("minimum", range.min());
                schema.put("maximum", range.max());
            }
            return schema;
        }
    }

    record Text(
            @Nullable Length length,
            @Nullable Pattern pattern,
            @Nullable Set<String> choices,
            boolean typedName) implements Value {
        static Text of(
                @Nullable Length length,
                @Nullable Matches matches,
                @Nullable OneOf choices,
                @Nullable TypedName typedName) {
            return new Text(
                    length,
                    matches == null ? null : Pattern.compile(matches.value()),
                    choices == null ? null : Set.of(choices.value()),
                    typedName != null);
        }

        @Override
        public Object read(JsonNode node, String path) {
            if (!node.isString()) throw InvalidBody.at(path, "Expected type string");
            storable(node, path);
            var text = typedName ? new Typed(node.stringValue()).name() : node.stringValue();
            if (length != null && (text.length() < length.min() || text.length() > length.max()))
                throw InvalidBody.at(path, "Must have " + length.min() + " to " + length.max() + " characters");
            if (pattern != null && !pattern.matcher(text).matches())
                throw InvalidBody.at(path, "String does not match pattern " + pattern);
            if (choices != null && !choices.contains(text)) throw noChoice(path, choices);
            return text;
        }

        @Override
        public Map<String, Object> describe() {
            var schema = new LinkedHashMap<String, Object>(Map.of("type", "string"));
            if (length != null) {
                if (length.min() > 0) schema.put("minLength", length.min());
                schema.put("maxLength", length.max());
            }
            if (choices != null) schema.put("enum", choices.stream().sorted().toList());
            return schema;
        }
    }

    /** @param constants by their names on the wire */
    record Choice(Map<String, Object> constants) implements Value {
        @Override
        public Object read(JsonNode node, String path) {
            if (!node.isString()) throw InvalidBody.at(path, "Expected type string");
            var chosen = constants.get(node.stringValue());
            if (chosen == null) throw noChoice(path, constants.keySet());
            return chosen;
        }

        @Override
        public Map<String, Object> describe() {
            return Map.of("type", "string", "enum", List.copyOf(new TreeMap<>(constants).keySet()));
        }
    }

    record Many(Value each, @Nullable Items items) implements Value {
        @Override
        public Object read(JsonNode node, String path) {
            if (!node.isArray()) throw InvalidBody.at(path, "Expected type array");
            if (items != null && node.size() > items.max())
                throw InvalidBody.at(shown(path), "Must have at most " + items.max() + " items");
            var values = new ArrayList<Object>();
            for (var item : node) values.add(each.read(item, path));
            if (items != null && items.unique() && Set.copyOf(values).size() < values.size())
                throw InvalidBody.at(shown(path), "Items must be unique");
            return List.copyOf(values);
        }

        @Override
        public Map<String, Object> describe() {
            var schema = new LinkedHashMap<String, Object>(Map.of("type", "array", "items", each.describe()));
            if (items != null) {
                schema.put("maxItems", items.max());
                if (items.unique()) schema.put("uniqueItems", true);
            }
            return schema;
        }
    }

    /**
     * An object whose properties are all of one type.
     *
     * @param keys constants by their names on the wire; null where the names are the caller's own
     * @param nulls whether a value may be null
     */
    record ByName(Value each, @Nullable Map<String, Object> keys, boolean nulls) implements Value {
        @Override
        public Object read(JsonNode node, String path) {
            if (!node.isObject()) throw InvalidBody.at(path, "Expected type object");
            var values = new LinkedHashMap<Object, @Nullable Object>();
            for (var member : node.properties()) {
                var inner = path.isEmpty() ? shownName(member.getKey()) : path + "." + shownName(member.getKey());
                // Null is a value of what is kept as it was sent.
                var taken = nulls && member.getValue().isNull() && !(each instanceof Anything);
                values.put(key(member.getKey(), inner), taken ? null : each.read(member.getValue(), inner));
            }
            return values;
        }

        /** The names on the wire of what was read. */
        List<String> namesOf(Map<?, ?> values) {
            if (keys == null)
                return values.keySet().stream().map(String::valueOf).sorted().toList();
            return keys.entrySet().stream()
                    .filter(key -> values.containsKey(key.getValue()))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }

        private Object key(String name, String path) {
            if (!StorableText.is(name)) throw InvalidBody.on("(unprintable)", "Must be well-formed text");
            if (keys == null) return name;
            var constant = keys.get(name);
            if (constant == null) throw InvalidBody.on(path, "Additional properties not allowed: " + path);
            return constant;
        }

        @Override
        public Map<String, Object> describe() {
            if (keys == null) return Map.of("type", "object", "additionalProperties", each.describe());
            var properties = new LinkedHashMap<String, Object>();
            for (var name : keys.keySet()) properties.put(name, each.describe());
            return Map.of("type", "object", "properties", properties, "additionalProperties", false);
        }
    }

    /** Any JSON, kept and given back without being understood. */
    record Anything(Class<? extends JsonNode> type) implements Value {
        @Override
        public Object read(JsonNode node, String path) {
            if (type == ObjectNode.class && !node.isObject()) throw InvalidBody.at(path, "Expected type object");
            storable(node, path);
            return node;
        }

        @Override
        public Map<String, Object> describe() {
            return type == ObjectNode.class ? Map.of("type", "object") : Map.of();
        }
    }

    /** Only answers hold times. */
    record Time() implements Value {
        @Override
        public Object read(JsonNode node, String path) {
            throw InvalidBody.at(path, "Cannot be set");
        }

        @Override
        public Map<String, Object> describe() {
            return Map.of("type", "string", "format", "date-time");
        }
    }

    record Nested(BodySchema<?> schema) implements Value {
        @Override
        public Object read(JsonNode node, String path) {
            try {
                return schema.read(node);
            } catch (InvalidBody inner) {
                throw inner.within(path);
            }
        }

        @Override
        public Map<String, Object> describe() {
            return schema.describe();
        }
    }

    /** A name that the caller chose, if it can be shown. */
    static String shownName(String name) {
        return PRINTABLE.matcher(name).matches() ? name : "(unprintable)";
    }

    private static String shown(String path) {
        return path.isEmpty() ? "(root)" : path;
    }

    private static InvalidBody noChoice(String path, Set<String> choices) {
        return InvalidBody.at(
                path,
                "No enum match, expected one of: "
                        + String.join(", ", choices.stream().sorted().toList()));
    }

    private static void storable(JsonNode value, String path) {
        if (value.isString() && !StorableText.is(value.stringValue()))
            throw InvalidBody.at(path, "Must be well-formed text");
        if (value.isObject())
            for (var name : value.propertyNames())
                if (!StorableText.is(name)) throw InvalidBody.at(path, "Must be well-formed text");
        for (var inner : value) storable(inner, path);
    }
}
