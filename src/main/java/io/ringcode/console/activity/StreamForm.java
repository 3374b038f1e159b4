package io.ringcode.console.activity;

import io.ringcode.console.view.Form;
import io.ringcode.console.view.StreamView;
import io.ringcode.console.view.StreamView.Kind;
import io.ringcode.console.view.StreamView.SinkField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The form of a log stream as the API takes it, and the other way round. A secret that is left empty stays as it is. */
final class StreamForm {
    private StreamForm() {}

    /** @param stored as the API shows it; missing for a new one */
    static Map<String, ?> body(Form typed, String type, StreamView.Type fields, JsonNode stored) {
        var body = new HashMap<String, @Nullable Object>();
        var name = typed.given("name");
        if (name != null) body.put("name", name);
        if (stored.isMissingNode()) body.put("type", type);
        body.put("sink", sink(typed, fields, stored.path("sink")));
        body.put(
                "filters",
                typed.all("filters").stream()
                        .map(filter -> Map.of("type", "category", "name", filter))
                        .toList());
        body.put("isPriority", typed.on("isPriority"));
        if (!typed.all("hidden").isEmpty())
            body.put("pii_config", Map.of("log_fields", typed.all("hidden"), "method", typed.text("method")));
        return body;
    }

    private static Map<String, @Nullable Object> sink(Form typed, StreamView.Type fields, JsonNode stored) {
        var sink = new LinkedHashMap<String, @Nullable Object>();
        for (var field : fields.fields()) {
            Object value = switch (field.kind()) {
                case TEXT, CHOICE -> typed.given(field.name());
                case SECRET -> secret(typed, field, stored);
                case TICK -> typed.on(field.name());
                case HEADERS -> headers(typed.text(field.name()));
            };
            if (value != null) sink.put(field.name(), value);
        }
        return sink;
    }

    private static @Nullable String secret(Form typed, SinkField field, JsonNode stored) {
        var given = typed.given(field.name());
        if (given != null || !stored.has(field.name())) return given;
        return stored.path(field.name()).asString("");
    }

    private static @Nullable List<Map<String, String>> headers(String typed) {
        var headers = new ArrayList<Map<String, String>>();
        for (var line : typed.split("\\R", -1)) {
            if (line.isBlank()) continue;
            var parts = line.strip().split(":", 2);
            headers.add(Map.of("header", parts[0].strip(), "value", parts.length > 1 ? parts[1].strip() : ""));
        }
        return headers.isEmpty() ? null : headers;
    }

    /** What stands in the form; never a secret. */
    static Form shown(JsonNode stream, StreamView.Type fields) {
        var shown = new LinkedHashMap<String, List<String>>();
        shown.put("name", List.of(stream.path("name").asString("")));
        for (var field : fields.fields()) {
            var value = stream.path("sink").path(field.name());
            if (field.kind() == Kind.SECRET) continue;
            if (field.kind() == Kind.HEADERS)
                shown.put(
                        field.name(),
                        List.of(String.join(
                                "\n",
                                value.valueStream()
                                        .map(one -> one.path("header").asString("") + ": "
                                                + one.path("value").asString(""))
                                        .toList())));
            else shown.put(field.name(), List.of(value.asString(field.usual())));
        }
        shown.put(
                "filters",
                stream.path("filters")
                        .valueStream()
                        .map(one -> one.path("name").asString(""))
                        .toList());
        var hidden = stream.path("pii_config");
        shown.put(
                "hidden",
                hidden.path("log_fields")
                        .valueStream()
                        .map(one -> one.asString(""))
                        .toList());
        shown.put("method", List.of(hidden.path("method").asString("hash")));
        shown.put("isPriority", List.of(stream.path("isPriority").asString("false")));
        return new Form(shown, null);
    }

    /** The id of the field that a property is typed in. */
    static String field(String property) {
        if (property.startsWith("filters")) return "filters";
        if (property.startsWith("pii_config")) return "hidden";
        return property.replaceFirst("^sink\\.", "").replaceFirst("(Headers)\\..*", "$1");
    }
}
