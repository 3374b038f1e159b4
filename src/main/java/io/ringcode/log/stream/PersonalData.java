package io.ringcode.log.stream;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What a stream hides of people, and how. */
public record PersonalData(Set<Field> fields, Method method) {
    private static final String ASTERISKS = "********";

    /** Auth0's names, and the members of records that each reaches, wherever they stand. */
    public enum Field {
        FIRST_NAME("given_name", "name", "first_name"),
        LAST_NAME("family_name", "name", "last_name"),
        USERNAME("username", "user_name"),
        EMAIL("email", "user_name"),
        PHONE("phone_number", "phone", "old_phone_number", "new_phone_number"),
        ADDRESS("address");

        @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
        private final Set<String> members;

        Field(String... members) {
            this.members = Set.of(members);
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Field> ofWire(String wire) {
            return Arrays.stream(values())
                    .filter(field -> field.wire().equals(wire))
                    .findFirst();
        }
    }

    public enum Method {
        /** So that the same person is still the same. */
        HASH,
        /** Asterisks. */
        MASK;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param hash what a text becomes where it is hashed */
    JsonNode hide(JsonNode record, UnaryOperator<String> hash) {
        var hidden = new HashSet<String>();
        fields.forEach(field -> hidden.addAll(field.members));
        return hide(record, hidden, method == Method.HASH ? hash : _ -> ASTERISKS);
    }

    private static JsonNode hide(JsonNode node, Set<String> members, UnaryOperator<String> change) {
        if (node instanceof ArrayNode list) for (var item : list) hide(item, members, change);
        if (!(node instanceof ObjectNode object)) return node;
        for (var name : List.copyOf(object.propertyNames())) {
            var value = object.path(name);
            if (value.isString() && members.contains(name))
                object.set(name, StringNode.valueOf(change.apply(value.asString())));
            else hide(value, members, change);
        }
        return node;
    }
}
