package io.ringcode.json;

import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.json.Rule.TypedName;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which schema a type of Java has. */
final class JavaTypes {
    private JavaTypes() {}

    /**
     * @param rules what is annotated with further ones
     * @throws IllegalArgumentException for a type that no body has
     */
    static Value value(Type type, AnnotatedElement rules) {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == List.class || generic.getRawType() == Set.class)
                return new Value.Many(value(argument(type, 0), rules), rules.getAnnotation(Items.class));
            if (generic.getRawType() == Map.class)
                return new Value.ByName(
                        value(argument(type, 1), rules),
                        keys(argument(type, 0)),
                        rules.isAnnotationPresent(NullAllowed.class));
        }
        if (type == Object.class) return new Value.Anything(JsonNode.class);
        if (!(type instanceof Class<?> plain)) throw new IllegalArgumentException("No schema for " + type);
        if (plain == boolean.class || plain == Boolean.class) return new Value.Flag();
        if (plain == int.class || plain == Integer.class)
            return new Value.WholeNumber(rules.getAnnotation(Range.class));
        if (plain == long.class || plain == Long.class) return new Value.WholeNumber(null);
        if (plain == IsoTime.class) return new Value.Time();
        if (plain == double.class || plain == Double.class || plain == BigDecimal.class)
            return new Value.Decimal(rules.getAnnotation(Range.class), plain == BigDecimal.class);
        if (plain == String.class)
            return Value.Text.of(
                    rules.getAnnotation(Length.class),
                    rules.getAnnotation(Matches.class),
                    rules.getAnnotation(OneOf.class),
                    rules.getAnnotation(TypedName.class));
        if (plain.isEnum()) return new Value.Choice(constants(plain));
        if (plain.isRecord()) return new Value.Nested(BodySchema.of(plain));
        if (JsonNode.class.isAssignableFrom(plain)) return new Value.Anything(plain.asSubclass(JsonNode.class));
        throw new IllegalArgumentException("No schema for " + type);
    }

    private static @Nullable Map<String, Object> keys(Type type) {
        return type instanceof Class<?> plain && plain.isEnum() ? constants(plain) : null;
    }

    private static Map<String, Object> constants(Class<?> type) {
        var constants = new LinkedHashMap<String, Object>();
        try {
            var wire = type.getDeclaredMethod("wire");
            wire.setAccessible(true);
            for (var constant : type.getEnumConstants()) constants.put((String) wire.invoke(constant), constant);
        } catch (ReflectiveOperationException unnamed) {
            throw new IllegalArgumentException(type + " has no method wire()", unnamed);
        }
        return constants;
    }

    static Type argument(Type type, int number) {
        return ((ParameterizedType) type).getActualTypeArguments()[number];
    }
}
