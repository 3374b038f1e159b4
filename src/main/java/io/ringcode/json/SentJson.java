package io.ringcode.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A body as JSON again, for what is stored and given back as it was sent. */
public final class SentJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private SentJson() {}

    /** The members that were sent, by their names; JSON's null for those to be taken away. */
    public static ObjectNode of(JsonBody body) {
        return object(body);
    }

    /**
     * What is stored, changed by a body (JSON Merge Patch, RFC 7396): members that were sent are set, those sent as null go,
     * and an object is changed by its members likewise where the body holds it as a record.
     */
    public static ObjectNode changed(ObjectNode stored, JsonBody change) {
        return merged(stored, change);
    }

    private static ObjectNode merged(ObjectNode stored, Object change) {
        var changed = stored.deepCopy();
        BodySchema.values(change).forEach((name, value) -> {
            if (value == null) changed.remove(name);
            else if (!(value instanceof Record)) changed.set(name, node(value));
            else {
                var before = changed.get(name) instanceof ObjectNode object ? object : JSON.createObjectNode();
                changed.set(name, merged(before, value));
            }
        });
        return changed;
    }

    private static ObjectNode object(Object body) {
        var object = JSON.createObjectNode();
        BodySchema.values(body).forEach((name, value) -> object.set(name, node(value)));
        return object;
    }

    private static JsonNode node(@Nullable Object value) {
        if (value instanceof Record within) return object(within);
        if (!(value instanceof List<?> list)) return JSON.valueToTree(value);
        var array = JSON.createArrayNode();
        for (var item : list) array.add(node(item));
        return array;
    }
}
