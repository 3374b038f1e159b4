package io.ringcode.audit;

import static java.time.ZoneOffset.UTC;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Writes log lines, those of one transaction in one statement. */
@Component
class LogTable {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");

    private final JdbcClient db;
    private final ObjectMapper json;
    private final Clock clock;
    private final AtomicLong sequence;

    LogTable(JdbcClient db, ObjectMapper json, Clock clock, io.ringcode.secret.RandomText random) {
        this.db = db;
        this.json = json;
        this.clock = clock;
        // Nodes begin far apart, so two of them do not make the same id within one millisecond.
        this.sequence = new AtomicLong(Long.parseLong(random.digits(11)));
    }

    void insert(List<LogLine> lines) {
        var now = clock.instant().atOffset(UTC);
        var stamp = "900" + STAMP.format(now);
        db.sql("""
                INSERT INTO log (tenant_id, id, at, type, user_id, client_id, data)
                SELECT tenant_id, id, :now, type, user_id, client_id, data::jsonb
                  FROM unnest(:tenants, :ids, :types, :users, :clients, :data)
                    AS line (tenant_id, id, type, user_id, client_id, data)
                """)
                .param("now", now)
                .param("tenants", texts(lines, line -> line.tenant().value()))
                .param("ids", texts(lines, _ -> nextId(stamp)))
                .param("types", texts(lines, LogLine::type))
                .param("users", texts(lines, LogLine::user))
                .param("clients", texts(lines, LogLine::client))
                .param("data", texts(lines, line -> json.writeValueAsString(line.data())))
                .update();
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
