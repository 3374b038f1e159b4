package io.ringcode.notice;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** The table {@code notice}. What it says is sealed. */
@Component
class NoticeTable {
    private static final Duration USEFUL = Duration.ofDays(1);

    private final JdbcClient db;
    private final Sealer sealer;
    private final ObjectMapper json;

    NoticeTable(JdbcClient db, Keyring keys, ObjectMapper json) {
        this.db = db;
        this.sealer = keys.sealer("notice");
        this.json = json;
    }

    /** @param sealed what {@link #open} reads */
    @SuppressWarnings("ArrayRecordComponent") // a value that is only handed on
    record Due(TenantId tenant, UUID id, byte[] sealed, int tries) {}

    void insert(TenantId tenant, String kind, Facts facts, Instant now) {
        var id = TimedId.at(now);
        db.sql("""
                INSERT INTO notice (tenant_id, id, kind, facts, tries, due_at, expires_at)
                VALUES (:tenant, :id, :kind, :facts, 0, :now, :expires)
                """)
                .param("tenant", tenant.value())
                .param("id", id)
                .param("kind", kind)
                .param(
                        "facts",
                        sealer.seal(
                                json.writerFor(Facts.class).writeValueAsString(facts), tenant.value(), id.toString()))
                .param("now", now.atOffset(UTC))
                .param("expires", now.plus(USEFUL).atOffset(UTC))
                .update();
    }

    /** The next one that is due, held until the end of the transaction; whoever else looks passes it by. */
    Optional<Due> next(Instant now) {
        return db.sql("""
                SELECT tenant_id, id, facts, tries FROM notice
                 WHERE due_at <= :now AND expires_at > :now ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
                """)
                .param("now", now.atOffset(UTC))
                .query((row, _) -> new Due(
                        new TenantId(row.getString("tenant_id")),
                        row.getObject("id", UUID.class),
                        row.getBytes("facts"),
                        row.getInt("tries")))
                .optional();
    }

    Facts open(Due due) {
        var facts = sealer.openOwn(due.sealed(), due.tenant().value(), due.id().toString());
        return json.readValue(facts, Facts.class);
    }

    void delete(Due due) {
        db.sql("DELETE FROM notice WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", due.tenant().value())
                .param("id", due.id())
                .update();
    }

    /** Nobody else has it until then; that counts as no try. */
    void hold(Due due, Instant until) {
        db.sql("UPDATE notice SET due_at = :until WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", due.tenant().value())
                .param("id", due.id())
                .param("until", until.atOffset(UTC))
                .update();
    }

    void later(Due due, Instant at) {
        db.sql("UPDATE notice SET tries = tries + 1, due_at = :at WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", due.tenant().value())
                .param("id", due.id())
                .param("at", at.atOffset(UTC))
                .update();
    }
}
