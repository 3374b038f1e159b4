package io.ringcode.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a member may hold, as the field of a form has to know it. Numbers are null where the schema sets no bound.
 *
 * @param options the only values that it may have; empty for any
 */
public record Bounds(
        boolean required,
        @Nullable Number min,
        @Nullable Number max,
        @Nullable Number minLength,
        @Nullable Number maxLength,
        List<String> options) {

    /** @param schema as JSON Schema; of a list, each item's bounds count */
    static Bounds of(boolean required, Map<String, Object> schema) {
        if (schema.get("items") instanceof Map<?, ?> items) return read(required, items);
        return read(required, schema);
    }

    private static Bounds read(boolean required, Map<?, ?> schema) {
        return new Bounds(
                required,
                (Number) schema.get("minimum"),
                (Number) schema.get("maximum"),
                (Number) schema.get("minLength"),
                (Number) schema.get("maxLength"),
                schema.get("enum") instanceof List<?> options
                        ? options.stream().map(String::valueOf).toList()
                        : List.of());
    }
}
