package io.ringcode.log.stream;

import io.ringcode.log.LogRecord;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log stream as it is set.
 *
 * @param id {@code lst_} and 16 digits
 * @param filters which records it carries; none for all
 * @param hidden what it hides of people; null for nothing
 * @param failingSince when its present row of failures began; null while it works
 * @param failures the last ones, oldest first
 */
public record LogStream(
        TenantId tenant,
        String id,
        String name,
        Sink sink,
        Status status,
        boolean priority,
        Set<EventCategory> filters,
        @Nullable PersonalData hidden,
        Instant createdAt,
        @Nullable Instant sentUntil,
        @Nullable Instant failingSince,
        List<Failure> failures) {

    public enum Status {
        ACTIVE,
        /** By an administrator; what happens meanwhile follows when it goes on. */
        PAUSED,
        /** By the server, after a week without success. */
        SUSPENDED;

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param message without any secret */
    public record Failure(Instant at, String message) {}

    /** Whether what is sent, and where to, is the same. */
    boolean sendsAs(LogStream other) {
        return sink.equals(other.sink) && filters.equals(other.filters) && Objects.equals(hidden, other.hidden);
    }

    boolean carries(LogRecord record) {
        return filters.isEmpty() || filters.contains(EventCategory.of(record.type()));
    }
}
