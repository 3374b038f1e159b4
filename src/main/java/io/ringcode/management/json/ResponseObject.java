package io.ringcode.management.json;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object of a response: members in the order they are put, those that are not set left out, as Auth0 does. */
public final class ResponseObject {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

    private final Map<String, Object> members = new LinkedHashMap<>();

    public ResponseObject put(String name, @Nullable Object value) {
        if (value instanceof Instant time) members.put(name, time(time));
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

    /** ISO 8601, in UTC and with milliseconds, always. */
    static String time(Instant time) {
        return TIME.format(time.atOffset(UTC));
    }
}
