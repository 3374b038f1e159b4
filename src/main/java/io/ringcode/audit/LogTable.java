package io.ringcode.audit;

import static java.time.ZoneOffset.UTC;

import io.ringcode.database.LastWrites;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Writes log lines, those of one transaction in one statement. */
@Component
class LogTable {
    private static final String INSERT = """
            INSERT INTO log (tenant_id, id, at, type, user_id, client_id, data)
            SELECT tenant_id, id, :now, type, user_id, client_id, data::jsonb
              FROM unnest(:tenants::text[], :ids::text[], :types::text[], :users::text[], :clients::text[], :data::text[])
                AS line (tenant_id, id, type, user_id, client_id, data)
            """;

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");

    private final LastWrites writes;
    private final ObjectMapper json;
    private final Clock clock;
    private final AtomicLong sequence;

    LogTable(LastWrites writes, ObjectMapper json, Clock clock, io.ringcode.secret.RandomText random) {
        this.writes = writes;
        this.json = json;
        this.clock = clock;
        // Nodes begin far apart, so two of them do not make the same id within one millisecond.
        this.sequence = new AtomicLong(Long.parseLong(random.digits(11)));
    }

    void insert(List<LogLine> lines) {
        var now = clock.instant().atOffset(UTC);
        var stamp = "900" + STAMP.format(now);
        writes.add(
                INSERT,
                Map.of(
                        "now", now,
                        "tenants", texts(lines, line -> line.tenant().value()),
                        "ids", texts(lines, _ -> nextId(stamp)),
                        "types", texts(lines, LogLine::type),
                        "users", texts(lines, LogLine::user),
                        "clients", texts(lines, LogLine::client),
                        "data", texts(lines, line -> json.writeValueAsString(line.data()))));
    }

    /**
     * Sorts as text in the order of time: {@code 900}, the time to the millisecond, and a sequence of twelve digits.
     *
     * @param stamp all but the sequence
     */
    private String nextId(String stamp) {
        var sequence = Long.toString(this.sequence.getAndIncrement() % 1_000_000_000_000L);
        return stamp + "0".repeat(12 - sequence.length()) + sequence;
    }

    private static String[] texts(
            List<LogLine> lines,
            java.util.function.Function<LogLine, @org.jspecify.annotations.Nullable String> member) {
        return lines.stream().map(member).toArray(String[]::new);
    }
}
