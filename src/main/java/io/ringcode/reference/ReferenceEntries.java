package io.ringcode.reference;

import io.ringcode.reference.Operations.Operation;
import io.ringcode.reference.ReferencePage.Entry;
import io.ringcode.reference.ReferencePage.Row;
import io.ringcode.reference.ReferencePage.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operations as the reference shows them. */
final class ReferenceEntries {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)(?::[^}]+)?}");

    private ReferenceEntries() {}

    static Entry of(Operation operation) {
        var tables = new ArrayList<Table>();
        add(tables, "Query", OpenApi.query(operation));
        add(tables, "Body", schema(operation.bodySchema(), operation.body()));
        add(tables, "Answer", operation.answer());
        var samples = new Samples(operation);
        return new Entry(
                operation.id(),
                operation.method(),
                operation.path(),
                operation.summary(),
                operation.scopes(),
                VARIABLE.matcher(operation.path())
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .toList(),
                tables,
                samples.curl(),
                samples.node(),
                samples.java(),
                samples.body(),
                operation.status(),
                samples.answer(),
                OpenApi.errors(operation).entrySet().stream()
                        .map(error -> new Row(error.getKey(), error.getValue()))
                        .toList());
    }

    private static Map<String, Object> schema(@Nullable Map<String, Object> typed, List<String> words) {
        return typed == null ? Members.schema(words) : typed;
    }

    private static void add(List<Table> tables, String title, Map<String, Object> schema) {
        if (schema.get("anyOf") instanceof List<?> choices && choices.getFirst() instanceof Map<?, ?> first) {
            add(tables, title, members(first));
            return;
        }
        if (schema.get("items") instanceof Map<?, ?> each) {
            add(tables, title + ", a list of", members(each));
            return;
        }
        if (!(schema.get("properties") instanceof Map<?, ?> properties) || properties.isEmpty()) return;
        var required = schema.get("required") instanceof List<?> names ? names : List.of();
        var rows = new ArrayList<Row>();
        properties.forEach((name, member) ->
                rows.add(new Row(String.valueOf(name), type(member) + (required.contains(name) ? ", required" : ""))));
        tables.add(new Table(title, rows));
    }

    @SuppressWarnings("unchecked") // a JSON object of our own making
    private static Map<String, Object> members(Map<?, ?> schema) {
        return (Map<String, Object>) schema;
    }

    private static String type(Object schema) {
        if (!(schema instanceof Map<?, ?> member)) return "anything";
        if (member.get("enum") instanceof List<?> choices)
            return String.join(" | ", choices.stream().map(String::valueOf).toList());
        if (member.get("anyOf") instanceof List<?> choices)
            return String.join(
                    " or ", choices.stream().map(ReferenceEntries::type).toList());
        if (member.get("format") != null) return String.valueOf(member.get("format"));
        var least = member.get("minimum");
        if (least != null)
            return member.get("type")
                    + (member.get("maximum") == null
                            ? " from " + least
                            : " from " + least + " to " + member.get("maximum"));
        if (member.get("items") instanceof Map<?, ?> each) return "array of " + type(each);
        return member.get("type") == null ? "anything" : String.valueOf(member.get("type"));
    }
}
