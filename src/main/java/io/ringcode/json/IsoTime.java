package io.ringcode.json;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A time as answers write it: ISO 8601 in UTC, always with milliseconds. */
public record IsoTime(Instant instant) {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

    public static @Nullable IsoTime of(@Nullable Instant instant) {
        return instant == null ? null : new IsoTime(instant);
    }

    @JsonValue
    @Override
    public String toString() {
        return FORMAT.format(instant.atOffset(UTC));
    }
}
