package io.ringcode.reference;

import io.ringcode.reference.Operations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The description of the API as its template reads it. */
public record ReferencePage(String style, List<Group> groups) {
    public record Group(String title, List<Entry> entries) {
        public String anchor() {
            return "group-" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        }
    }

    /** One operation. */
    public record Entry(String id, String method, String path, String summary, List<Table> tables, String scopes) {}

    /** Members of a query, a body or an answer. */
    public record Table(String title, List<Row> rows) {}

    public record Row(String name, String type) {}

    static ReferencePage of(List<Operation> operations, String style) {
        var groups = new TreeMap<String, List<Entry>>();
        for (var operation : operations)
            groups.computeIfAbsent(operation.tag(), _ -> new ArrayList<>()).add(entry(operation));
        return new ReferencePage(
                style,
                groups.entrySet().stream()
                        .map(group -> new Group(group.getKey(), group.getValue()))
                        .toList());
    }

    private static Entry entry(Operation operation) {
        var tables = new ArrayList<Table>();
        add(tables, "Query", query(operation));
        add(tables, "Body", schema(operation.bodySchema(), operation.body()));
        add(tables, "Answer", operation.answer());
        return new Entry(
                operation.id(),
                operation.method(),
                operation.path(),
                operation.summary(),
                tables,
                String.join(" or ", operation.scopes()));
    }

    private static Map<String, Object> query(Operation operation) {
        return Members.schema(operation.described().query());
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
            return String.join(" or ", choices.stream().map(ReferencePage::type).toList());
        if (member.get("format") != null) return String.valueOf(member.get("format"));
        var least = member.get("minimum");
        if (least != null) return member.get("type") + " from " + least + " to " + member.get("maximum");
        if (member.get("items") instanceof Map<?, ?> each) return "array of " + type(each);
        return member.get("type") == null ? "anything" : String.valueOf(member.get("type"));
    }
}
