package io.ringcode.management;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object on its way out: members in the order they are put, those that are not set left out, as Auth0 does. */
final class Shown {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

    private final Map<String, Object> members = new LinkedHashMap<>();

    Shown put(String name, @Nullable Object value) {
        if (value instanceof Instant time) members.put(name, time(time));
        else if (value != null) members.put(name, value);
        return this;
    }

    Shown putAll(Map<String, ?> more) {
        more.forEach(this::put);
        return this;
    }

    Map<String, Object> members() {
        return members;
    }

    /** ISO 8601, in UTC and with milliseconds, always. */
    static String time(Instant time) {
        return TIME.format(time.atOffset(UTC));
    }
}
