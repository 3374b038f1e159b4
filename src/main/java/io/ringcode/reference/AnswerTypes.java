package io.ringcode.reference;

import io.ringcode.json.BodySchema;
import io.ringcode.json.JsonAnswer;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Selected;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** What a handler's return type tells of its answer. */
final class AnswerTypes {
    private AnswerTypes() {}

    /** @return null for a type that is neither a {@link JsonAnswer} nor a list of them or of texts */
    static @Nullable Map<String, Object> schema(Type type) {
        if (type instanceof Class<?> plain)
            return JsonAnswer.class.isAssignableFrom(plain) ? BodySchema.describe(plain) : null;
        if (!(type instanceof ParameterizedType generic)) return null;
        var argument = generic.getActualTypeArguments()[0];
        if (generic.getRawType() == List.class && argument == String.class) return BodySchema.describe(type);
        var inner = schema(argument);
        if (inner == null) return null;
        if (generic.getRawType() == ResponseEntity.class || generic.getRawType() == Selected.class) return inner;
        var list = Map.of("type", "array", "items", inner);
        if (generic.getRawType() == List.class) return list;
        return generic.getRawType() == Page.class ? Map.of("anyOf", List.of(list, totals(inner))) : null;
    }

    /** The same with totals, or with the checkpoint of the next part. */
    private static Map<String, Object> totals(Map<String, Object> item) {
        var number = Map.of("type", "integer");
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "start",
                        number,
                        "limit",
                        number,
                        "length",
                        number,
                        "total",
                        number,
                        "next",
                        Map.of("type", "string")),
                "additionalProperties",
                Map.of("type", "array", "items", item));
    }
}
