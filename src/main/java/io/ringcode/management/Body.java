package io.ringcode.management;

import io.ringcode.authorization.Fields;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A request's body, held to its schema: closed, as every schema of the Management API is. */
final class Body {
    private static final int LARGEST = 64 * 1024;

    private final JsonNode members;

    private Body(JsonNode members) {
        this.members = members;
    }

    @Component
    static class Reader {
        private final ObjectMapper json;

        Reader(ObjectMapper json) {
            this.json = json;
        }

        /** An object that has no property but {@code allowed}. */
        Body object(HttpServletRequest request, String... allowed) throws IOException {
            var tree = tree(request);
            if (!tree.isObject()) throw ManagementRefused.body("Expected type object");
            for (var name : tree.propertyNames())
                if (!Set.of(allowed).contains(name)) {
                    var shown = name.matches("[A-Za-z0-9_.-]{1,64}") ? name : "(unprintable)";
                    throw ManagementRefused.body(shown, "Additional properties not allowed: " + shown);
                }
            return new Body(tree);
        }

        /** An array of texts, each one of {@code allowed}. */
        List<String> array(HttpServletRequest request, Set<String> allowed) throws IOException {
            var tree = tree(request);
            if (!tree.isArray()) throw ManagementRefused.body("Expected type array");
            return choices(tree, "(root)", allowed);
        }

        private JsonNode tree(HttpServletRequest request) throws IOException {
            var type = request.getContentType();
            if (type == null
                    || !type.strip().toLowerCase(java.util.Locale.ROOT).startsWith(MediaType.APPLICATION_JSON_VALUE))
                throw ManagementRefused.contentType();
            var body = request.getInputStream().readNBytes(LARGEST + 1);
            if (body.length > LARGEST) throw ManagementRefused.tooLarge();
            try {
                return json.readTree(body);
            } catch (JacksonException unreadable) {
                throw ManagementRefused.body("The body is not JSON");
            }
        }
    }

    boolean has(String name) {
        return members.has(name);
    }

    boolean flag(String name) {
        var value = required(name);
        if (!value.isBoolean()) throw ManagementRefused.body(name, "Expected type boolean");
        return value.booleanValue();
    }

    int number(String name, int least, int most) {
        var value = required(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt())
            throw ManagementRefused.body(name, "Expected type integer");
        var number = value.intValue();
        if (number < least || number > most)
            throw ManagementRefused.body(name, "Must be between " + least + " and " + most);
        return number;
    }

    String text(String name) {
        var value = required(name);
        if (!value.isString()) throw ManagementRefused.body(name, "Expected type string");
        return printable(name, value.stringValue());
    }

    /** A text that may be left out or null; {@link #has} tells the two apart. */
    @Nullable
    String optionalText(String name, int least, int most) {
        var value = members.get(name);
        if (value == null || value.isNull()) return null;
        if (!value.isString()) throw ManagementRefused.body(name, "Expected type string");
        var length = value.stringValue().length();
        if (length < least || length > most)
            throw ManagementRefused.body(name, "Must have " + least + " to " + most + " characters");
        return printable(name, value.stringValue());
    }

    String choice(String name, Set<String> allowed) {
        var text = text(name);
        if (!allowed.contains(text))
            throw ManagementRefused.body(name, "No enum match, expected one of: " + sorted(allowed));
        return text;
    }

    List<String> choices(String name, Set<String> allowed) {
        var value = required(name);
        if (!value.isArray()) throw ManagementRefused.body(name, "Expected type array");
        return choices(value, name, allowed);
    }

    private static List<String> choices(JsonNode array, String name, Set<String> allowed) {
        var chosen = new ArrayList<String>();
        for (var item : array) {
            if (!item.isString() || !allowed.contains(item.stringValue()))
                throw ManagementRefused.body(name, "No enum match, expected some of: " + sorted(allowed));
            if (chosen.contains(item.stringValue())) throw ManagementRefused.body(name, "Items must be unique");
            chosen.add(item.stringValue());
        }
        return chosen;
    }

    private JsonNode required(String name) {
        var value = members.get(name);
        if (value == null) throw ManagementRefused.body(name, "Missing required property: " + name);
        return value;
    }

    private static String printable(String name, String text) {
        if (!Fields.isStorable(text)) throw ManagementRefused.body(name, "Must be well-formed text");
        return text;
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }
}
