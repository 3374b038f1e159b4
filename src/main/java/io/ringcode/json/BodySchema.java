package io.ringcode.json;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.json.Rule.IgnoreUnknown;
import io.ringcode.json.Rule.MembersOf;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.Whole;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The schema of a request's body, read from a record. A component is a member, its name in snake case unless
 * {@link JsonProperty} says another; those of a record that is {@link JsonUnwrapped} stand beside it. It must be there unless
 * it is {@code @Nullable} or a {@link Patch}; its {@link Rule}s say what it must fit. Types: boolean, int, double, BigDecimal,
 * String, an enum with a method {@code wire()}, another record, lists and maps by name of these, and Jackson's nodes for what
 * is kept as it was sent. A rule between members stands in the record's constructor, which throws {@link InvalidBody}.
 */
public final class BodySchema<T> {
    private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final AnnotatedElement NO_RULES = Object.class;

    private static final ClassValue<BodySchema<?>> SCHEMAS = new ClassValue<>() {
        @Override
        protected BodySchema<?> computeValue(Class<?> type) {
            return new BodySchema<>(type);
        }
    };

    /**
     * One member of the body.
     *
     * @param unwrapped the schema of a record whose members are the body's own; null for any other member
     */
    private record Member(
            String name,
            RecordComponent component,
            Value value,
            boolean patch,
            boolean optional,
            boolean nullAllowed,
            @Nullable BodySchema<?> unwrapped) {
        /** Whether it is a map whose entries are the answer's own. */
        boolean isOpen() {
            return component.getAccessor().isAnnotationPresent(JsonAnyGetter.class);
        }

        void describe(Map<String, Object> properties) {
            var known = component.getAnnotation(MembersOf.class);
            if (known != null)
                of(known.value())
                        .all
                        .forEach(kept ->
                                properties.putIfAbsent(kept.name(), kept.value().describe()));
            else if (!isOpen()) properties.put(name, describe());
        }

        Map<String, Object> describe() {
            if (!patch) return value.describe();
            return Map.of("anyOf", List.of(value.describe(), Map.of("type", "null")));
        }
    }

    private final Constructor<T> constructor;
    private final List<Member> members;

    /** Those of unwrapped records in their place. */
    private final List<Member> all;

    private final List<String> memberNames;
    private final List<String> listNames;
    private final boolean whole;
    private final boolean closed;
    private final boolean open;

    private BodySchema(Class<T> type) {
        var components = type.getRecordComponents();
        if (components == null) throw new IllegalArgumentException(type + " is no record");
        this.members = Arrays.stream(components).map(BodySchema::member).toList();
        this.all = members.stream()
                .flatMap(member -> member.unwrapped() == null ? Stream.of(member) : member.unwrapped().all.stream())
                .toList();
        this.memberNames = all.stream().map(Member::name).toList();
        this.listNames = all.stream()
                .filter(member -> member.value() instanceof Value.Many)
                .map(Member::name)
                .toList();
        this.whole = components.length == 1 && components[0].isAnnotationPresent(Whole.class);
        this.open = JsonAnswer.class.isAssignableFrom(type) && !JsonBody.class.isAssignableFrom(type);
        this.closed = !type.isAnnotationPresent(IgnoreUnknown.class);
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
        constructor.setAccessible(true);
    }

    @SuppressWarnings("unchecked") // computed from that class
    public static <T> BodySchema<T> of(Class<T> type) {
        return (BodySchema<T>) SCHEMAS.get(type);
    }

    /** @throws InvalidBody when it does not fit */
    public T read(JsonNode body) {
        if (whole) return make(new Object[] {members.getFirst().value().read(body, "")});
        if (!body.isObject()) throw InvalidBody.at("", "Expected type object");
        if (closed)
            for (var name : body.propertyNames())
                if (!memberNames.contains(name))
                    throw InvalidBody.on(
                            Value.shownName(name), "Additional properties not allowed: " + Value.shownName(name));
        return readMembers(body);
    }

    private T readMembers(JsonNode body) {
        return make(members.stream().map(member -> read(member, body)).toArray());
    }

    private static @Nullable Object read(Member member, JsonNode body) {
        var unwrapped = member.unwrapped();
        if (unwrapped != null) return unwrapped.readMembers(body);
        var node = body.get(member.name());
        if (node == null) {
            if (member.patch()) return Patch.leftOut();
            if (member.optional()) return null;
            throw InvalidBody.on(member.name(), "Missing required property: " + member.name());
        }
        if (node.isNull() && member.patch()) return Patch.of(null);
        if (node.isNull() && member.nullAllowed()) return null;
        var value = member.value().read(node, member.name());
        return member.patch() ? Patch.of(value) : value;
    }

    private T make(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException refusal) throw refusal;
            throw new IllegalStateException(thrown);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Which members a body had, sorted: for the log of changes, which tells names and never values. */
    public static List<String> sent(JsonBody body) {
        var schema = of(body.getClass());
        if (!schema.whole) return values(body).keySet().stream().sorted().toList();
        var member = schema.members.getFirst();
        return valueOf(member, body) instanceof Map<?, ?> map && member.value() instanceof Value.ByName byName
                ? byName.namesOf(map)
                : List.of();
    }

    /** The members that a body had, by name; null for one that is to be taken away. */
    static Map<String, @Nullable Object> values(Object body) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var member : of(body.getClass()).members) {
            var value = valueOf(member, body);
            if (value != null && member.unwrapped() != null) values.putAll(values(value));
            else if (value instanceof Patch<?> patch) patch.ifSent(changed -> values.put(member.name(), changed));
            else if (value != null) values.put(member.name(), value);
        }
        return values;
    }

    private static @Nullable Object valueOf(Member member, Object body) {
        try {
            var accessor = member.component().getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(body);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The names of all members. */
    public List<String> memberNames() {
        return memberNames;
    }

    /** The names of those that are lists. */
    public List<String> listNames() {
        return listNames;
    }

    /** @param path of a member, such as {@code other_channel.after_failures} */
    public Bounds bounds(String path) {
        var parts = path.split("\\.", 2);
        var member = all.stream()
                .filter(one -> one.name().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No member " + path));
        if (parts.length == 1)
            return Bounds.of(!member.optional(), member.value().describe());
        if (member.value() instanceof Value.Nested inner) return inner.schema().bounds(parts[1]);
        throw new IllegalArgumentException("No member " + path);
    }

    /** As JSON Schema, for OpenAPI 3.1. */
    public Map<String, Object> describe() {
        if (whole) return members.getFirst().describe();
        var properties = new LinkedHashMap<String, Object>();
        all.forEach(member -> member.describe(properties));
        var schema = new LinkedHashMap<String, Object>(Map.of("type", "object", "properties", properties));
        var required = all.stream()
                .filter(member -> !member.optional() && !member.isOpen())
                .map(Member::name)
                .toList();
        if (!required.isEmpty()) schema.put("required", required);
        if (closed && !open) schema.put("additionalProperties", false);
        return schema;
    }

    private static Member member(RecordComponent component) {
        var renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        var name = renamed == null
                ? CAPITAL.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT)
                : renamed.value();
        var patch = component.getType() == Patch.class;
        var type = patch ? JavaTypes.argument(component.getGenericType(), 0) : component.getGenericType();
        var value = JavaTypes.value(type, component);
        var unwrapped = component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
        return new Member(
                name,
                component,
                value,
                patch,
                patch || component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                component.isAnnotationPresent(NullAllowed.class),
                unwrapped && value instanceof Value.Nested(var inner) ? inner : null);
    }

    /** Any type that an answer may have, as JSON Schema: a record, a list of records, or what else a member may be. */
    public static Map<String, Object> describe(Type type) {
        return JavaTypes.value(type, NO_RULES).describe();
    }
}
