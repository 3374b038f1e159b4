package io.ringcode.management.json;

import io.ringcode.json.IsoTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object of a response: members in the order they are put, those that are not set left out, as Auth0 does. */
public final class ResponseObject {
    private final Map<String, Object> members = new LinkedHashMap<>();

    public ResponseObject put(String name, @Nullable Object value) {
        if (value instanceof Instant time) members.put(name, new IsoTime(time).toString());
        else if (value != null) members.put(name, value);
        return this;
    }

    public ResponseObject putAll(Map<String, ?> more) {
        more.forEach(this::put);
        return this;
    }

    public Map<String, Object> members() {
        return members;
    }
}
