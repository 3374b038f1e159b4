package io.ringcode.log.stream;

import static java.time.ZoneOffset.UTC;

import io.ringcode.log.stream.LogStream.Failure;
import io.ringcode.log.stream.LogStream.Status;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** The table {@code log_stream}: settings, the cursor, and which server holds the stream. */
@Component
class LogStreamTable {
    /** A server that dies leaves its streams to the others after so long. */
    static final Duration HELD = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final Sealer sealer;
    private final ObjectMapper json;

    LogStreamTable(JdbcClient db, Keyring keys, ObjectMapper json) {
        this.db = db;
        this.sealer = keys.sealer("log-stream");
        this.json = json;
    }

    /** A stream that is carried, and where to go on. */
    record Held(LogStream stream, Cursor cursor, @Nullable Instant startFrom, boolean failureTold) {}

    List<LogStream> of(TenantId tenant) {
        return db.sql("SELECT * FROM log_stream WHERE tenant_id = :tenant ORDER BY created_at, id")
                .param("tenant", tenant.value())
                .query((row, _) -> stream(row))
                .list();
    }

    Optional<LogStream> find(TenantId tenant, String id) {
        return one("SELECT * FROM log_stream WHERE tenant_id = :tenant AND id = :id", tenant, id);
    }

    Optional<LogStream> lock(TenantId tenant, String id) {
        return one("SELECT * FROM log_stream WHERE tenant_id = :tenant AND id = :id FOR NO KEY UPDATE", tenant, id);
    }

    private Optional<LogStream> one(String sql, TenantId tenant, String id) {
        return db.sql(sql)
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> stream(row))
                .optional();
    }

    void insert(LogStream stream, Cursor cursor, @Nullable Instant startFrom) {
        db.sql("""
                INSERT INTO log_stream (tenant_id, id, name, type, status, priority, filters, pii, sink, created_at, start_from,
                                        written, log_id, failure_told, failures)
                VALUES (:tenant, :id, :name, :type, :status, :priority, :filters, :pii::jsonb, :sink, :created, :start, :written,
                        :log, false, '[]')
                """)
                .params(settings(stream))
                .param("created", stream.createdAt().atOffset(UTC))
                .param("start", startFrom == null ? null : startFrom.atOffset(UTC))
                .param("written", cursor.written())
                .param("log", cursor.id())
                .update();
    }

    /** Who holds it reads the new settings before it sends again. A stream that goes on begins without failures. */
    void update(LogStream stream) {
        db.sql("""
                UPDATE log_stream
                   SET name = :name, type = :type, priority = :priority, filters = :filters, pii = :pii::jsonb, sink = :sink,
                       failing_since = CASE WHEN status = :status THEN failing_since END,
                       failure_told = failure_told AND status = :status, status = :status
                 WHERE tenant_id = :tenant AND id = :id
                """).params(settings(stream)).update();
    }

    private java.util.Map<String, @Nullable Object> settings(LogStream stream) {
        var values = new java.util.HashMap<String, @Nullable Object>();
        values.put("tenant", stream.tenant().value());
        values.put("id", stream.id());
        values.put("name", stream.name());
        values.put("type", stream.sink().type());
        values.put("status", stream.status().wire());
        values.put("priority", stream.priority());
        values.put("filters", stream.filters().stream().map(EventCategory::wire).toArray(String[]::new));
        values.put("pii", stream.hidden() == null ? null : json.writeValueAsString(stream.hidden()));
        values.put(
                "sink",
                sealer.seal(
                        json.writerFor(Sink.class).writeValueAsString(stream.sink()),
                        stream.tenant().value(),
                        stream.id()));
        return values;
    }

    boolean delete(TenantId tenant, String id) {
        return db.sql("DELETE FROM log_stream WHERE tenant_id = :tenant AND id = :id")
                        .param("tenant", tenant.value())
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Takes what nobody holds, and keeps what this server holds. */
    void hold(UUID server, Instant now) {
        db.sql("""
                UPDATE log_stream SET holder = :server, held_until = :until
                 WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM log_stream
                                            WHERE status = 'active' AND (holder = :server OR held_until IS NULL OR held_until < :now)
                                              FOR UPDATE SKIP LOCKED)
                """)
                .param("server", server)
                .param("now", now.atOffset(UTC))
                .param("until", now.plus(HELD).atOffset(UTC))
                .update();
    }

    void release(UUID server) {
        db.sql("UPDATE log_stream SET holder = NULL, held_until = NULL WHERE holder = :server")
                .param("server", server)
                .update();
    }

    boolean areFree(Instant now) {
        return db.sql(
                        "SELECT EXISTS (SELECT FROM log_stream WHERE status = 'active' AND (held_until IS NULL OR held_until < :now))")
                .param("now", now.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    List<Held> held(UUID server, Instant now) {
        return db.sql("SELECT * FROM log_stream WHERE status = 'active' AND holder = :server AND held_until > :now")
                .param("server", server)
                .param("now", now.atOffset(UTC))
                .query((row, _) -> held(row))
                .list();
    }

    /** As it is now; empty where this server is to carry it no longer. */
    Optional<Held> stillHeld(UUID server, LogStream stream, Instant now) {
        return db.sql("""
                SELECT * FROM log_stream
                 WHERE tenant_id = :tenant AND id = :id AND status = 'active' AND holder = :server AND held_until > :now
                """)
                .param("tenant", stream.tenant().value())
                .param("id", stream.id())
                .param("server", server)
                .param("now", now.atOffset(UTC))
                .query((row, _) -> held(row))
                .optional();
    }

    /** @param sentUntil the time of the last line that was sent; null for none */
    void advance(UUID server, LogStream stream, Cursor cursor, @Nullable Instant sentUntil, Instant now) {
        db.sql("""
                UPDATE log_stream
                   SET written = :written, log_id = :log, sent_until = coalesce(:sent, sent_until), held_until = :until,
                       failing_since = CASE WHEN :sent::timestamptz IS NULL THEN failing_since END,
                       failure_told = failure_told AND :sent::timestamptz IS NULL
                 WHERE tenant_id = :tenant AND id = :id AND holder = :server
                """)
                .param("tenant", stream.tenant().value())
                .param("id", stream.id())
                .param("server", server)
                .param("written", cursor.written())
                .param("log", cursor.id())
                .param("sent", sentUntil == null ? null : sentUntil.atOffset(UTC))
                .param("until", now.plus(HELD).atOffset(UTC))
                .update();
    }

    /** The cursor of another database means nothing here: begins anew at this time. */
    void startAnew(UUID server, LogStream stream, Instant from) {
        db.sql("""
                UPDATE log_stream SET written = 0, log_id = '', start_from = :from
                 WHERE tenant_id = :tenant AND id = :id AND holder = :server
                """)
                .param("tenant", stream.tenant().value())
                .param("id", stream.id())
                .param("server", server)
                .param("from", from.atOffset(UTC))
                .update();
    }

    /** What an administrator has paused meanwhile stays so. */
    void failed(UUID server, LogStream stream, Status status, boolean told, List<Failure> failures, Instant since) {
        db.sql("""
                UPDATE log_stream
                   SET status = :status, failing_since = :since, failure_told = :told, failures = :failures::jsonb
                 WHERE tenant_id = :tenant AND id = :id AND holder = :server AND status = 'active'
                """)
                .param("tenant", stream.tenant().value())
                .param("id", stream.id())
                .param("server", server)
                .param("status", status.wire())
                .param("since", since.atOffset(UTC))
                .param("told", told)
                .param("failures", json.writeValueAsString(failures))
                .update();
    }

    private Held held(ResultSet row) throws SQLException {
        return new Held(
                stream(row),
                new Cursor(row.getLong("written"), row.getString("log_id")),
                instant(row, "start_from"),
                row.getBoolean("failure_told"));
    }

    private LogStream stream(ResultSet row) throws SQLException {
        var tenant = new TenantId(row.getString("tenant_id"));
        var id = row.getString("id");
        var pii = row.getString("pii");
        return new LogStream(
                tenant,
                id,
                row.getString("name"),
                json.readValue(sealer.openOwn(row.getBytes("sink"), tenant.value(), id), Sink.class),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getBoolean("priority"),
                Arrays.stream((String[]) row.getArray("filters").getArray())
                        .map(name -> EventCategory.ofWire(name).orElseThrow())
                        .collect(Collectors.toUnmodifiableSet()),
                pii == null ? null : json.readValue(pii, PersonalData.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "sent_until"),
                instant(row, "failing_since"),
                json.readValue(row.getString("failures"), new TypeReference<List<Failure>>() {}));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
