package io.ringcode.console.view;

import io.ringcode.management.ManagementCalls.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What stands in the fields of a form: what was typed, or else what is stored, by the API's names. A member within an
 * object has the object's name and a dot before its own.
 *
 * @param refused why it cannot be shown, in the API's words; null where it can
 */
public record Form(
        Map<String, List<String>> fields, @Nullable String refused) {
    private static final String NUMBER = "-?[0-9]{1,9}([.][0-9]{1,6})?";

    public static Form typed(HttpServletRequest request) {
        var fields = new LinkedHashMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> fields.put(name, List.of(values)));
        return new Form(fields, null);
    }

    public static Form of(Answer answer) {
        return answer.isGood() ? stored(answer.body()) : new Form(Map.of(), answer.problem());
    }

    public static Form stored(JsonNode body) {
        var fields = new LinkedHashMap<String, List<String>>();
        keep(body, "", fields);
        return new Form(fields, null);
    }

    private static void keep(JsonNode object, String before, Map<String, List<String>> fields) {
        for (var member : object.properties()) {
            var value = member.getValue();
            var name = before + member.getKey();
            if (value.isObject()) keep(value, name + ".", fields);
            else if (value.isArray())
                fields.put(
                        name, value.valueStream().map(one -> one.asString("")).toList());
            else if (!value.isNull()) fields.put(name, List.of(value.asString("")));
        }
    }

    public Form with(String name, List<String> values) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(name, List.copyOf(values));
        return new Form(changed, refused);
    }

    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    public String text(String name) {
        var values = all(name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    /** A list, one on each line. */
    public String lines(String name) {
        return String.join("\n", all(name));
    }

    public boolean has(String name, String value) {
        return all(name).contains(value);
    }

    public boolean on(String name) {
        return has(name, "true");
    }

    /** @return null where the field is empty, which takes a member away */
    @Nullable
    public String given(String name) {
        var text = text(name).strip();
        return text.isEmpty() ? null : text;
    }

    /** @return a number; the text where it is none, for the API to complain of; null for an empty field */
    @Nullable
    public Object number(String name) {
        var text = given(name);
        return text != null && text.matches(NUMBER) ? new BigDecimal(text) : text;
    }

    /** What was typed one on each line; an address may have a comma in it. */
    public List<String> list(String name) {
        return parts(name, "\\s+");
    }

    /** Short words, with spaces or commas between. */
    public List<String> words(String name) {
        return parts(name, "[,\\s]+");
    }

    private List<String> parts(String name, String between) {
        return Stream.of(lines(name).split(between, -1))
                .filter(part -> !part.isBlank())
                .toList();
    }
}
