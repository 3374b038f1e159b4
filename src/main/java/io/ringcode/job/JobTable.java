package io.ringcode.job;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Jobs, and their parts and errors, which are sealed: users are in them. */
@Component
class JobTable {
    private static final String COLUMNS = """
            tenant_id, id, type, status, connection, options, total, inserted, updated, failed, created_at, started_at
            """;

    private final JdbcClient db;
    private final ObjectMapper json;
    private final Sealer sealer;

    JobTable(JdbcClient db, ObjectMapper json, Keyring keys) {
        this.db = db;
        this.json = json;
        this.sealer = keys.sealer("job-part");
    }

    void insert(Job job, Instant heldUntil) {
        db.sql("""
                INSERT INTO job (tenant_id, id, type, status, connection, options, held_until, created_at)
                VALUES (:tenant, :id, :type, :status, :connection, :options::jsonb, :held, :now)
                """)
                .param("tenant", job.tenant().value())
                .param("id", job.id())
                .param("type", job.type().wire())
                .param("status", job.status().wire())
                .param("connection", job.connection())
                .param("options", json.writeValueAsString(job.options()))
                .param("held", heldUntil.atOffset(UTC))
                .param("now", job.createdAt().atOffset(UTC))
                .update();
    }

    Optional<Job> find(TenantId tenant, String id) {
        return db.sql("SELECT " + COLUMNS
                        + " FROM job WHERE tenant_id = :tenant AND id = :id AND status <> 'uploading'")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** What was uploaded is whole: it may be worked on. */
    void uploaded(TenantId tenant, String id, String connection, Job.Options options, int total, Instant now) {
        db.sql("""
                UPDATE job SET status = 'pending', connection = :connection, options = :options::jsonb, total = :total,
                       held_until = :now
                 WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", id)
                .param("connection", connection)
                .param("options", json.writeValueAsString(options))
                .param("total", total)
                .param("now", now.atOffset(UTC))
                .update();
    }

    void delete(TenantId tenant, String id) {
        db.sql("DELETE FROM job WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .update();
    }

    /** Takes a job that nobody works on, for {@code lease}; one whose server died becomes free when its lease ends. */
    Optional<Job> claim(Duration lease, Instant now) {
        return db.sql("""
                UPDATE job SET status = 'processing', held_until = :held, started_at = coalesce(started_at, :now)
                 WHERE (tenant_id, id) = (
                       SELECT tenant_id, id FROM job
                        WHERE status IN ('pending', 'processing') AND held_until <= :now
                        ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING\s""" + COLUMNS)
                .param("now", now.atOffset(UTC))
                .param("held", now.plus(lease).atOffset(UTC))
                .query((row, _) -> read(row))
                .optional();
    }

    /** Adds what a part came to, and keeps the job for longer. Runs in the transaction that did the part. */
    void progress(Job job, Outcome outcome, @Nullable String reached, Instant heldUntil) {
        db.sql("""
                UPDATE job SET inserted = inserted + :inserted, updated = updated + :updated, failed = failed + :failed,
                       reached = coalesce(:reached, reached), held_until = :held
                 WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", job.tenant().value())
                .param("id", job.id())
                .param("inserted", outcome.inserted())
                .param("updated", outcome.updated())
                .param("failed", outcome.failed())
                .param("reached", reached)
                .param("held", heldUntil.atOffset(UTC))
                .update();
    }

    record Outcome(int inserted, int updated, int failed) {}

    void end(Job job, Job.Status status) {
        db.sql("UPDATE job SET status = :status WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", job.tenant().value())
                .param("id", job.id())
                .param("status", status.wire())
                .update();
    }

    Optional<String> reached(Job job) {
        return db.sql("SELECT reached FROM job WHERE tenant_id = :tenant AND id = :id AND reached IS NOT NULL")
                .param("tenant", job.tenant().value())
                .param("id", job.id())
                .query(String.class)
                .optional();
    }

    void addPart(TenantId tenant, String job, int number, String content) {
        db.sql("INSERT INTO job_part (tenant_id, job_id, number, sealed) VALUES (:tenant, :job, :number, :sealed)")
                .param("tenant", tenant.value())
                .param("job", job)
                .param("number", number)
                .param("sealed", sealer.seal(content, tenant.value(), job, "part " + number))
                .update();
    }

    record Part(int number, String content) {}

    /** The first part from {@code number} on. */
    Optional<Part> part(Job job, int number) {
        return db.sql("""
                SELECT number, sealed FROM job_part
                 WHERE tenant_id = :tenant AND job_id = :job AND number >= :number ORDER BY number LIMIT 1
                """)
                .param("tenant", job.tenant().value())
                .param("job", job.id())
                .param("number", number)
                .query((row, _) -> new Part(
                        row.getInt("number"),
                        sealer.openOwn(
                                row.getBytes("sealed"),
                                job.tenant().value(),
                                job.id(),
                                "part " + row.getInt("number"))))
                .optional();
    }

    int parts(Job job) {
        return db.sql("SELECT coalesce(max(number) + 1, 0) FROM job_part WHERE tenant_id = :tenant AND job_id = :job")
                .param("tenant", job.tenant().value())
                .param("job", job.id())
                .query(Integer.class)
                .single();
    }

    /** @return false when another server has done it */
    boolean removePart(Job job, int number) {
        return db.sql("DELETE FROM job_part WHERE tenant_id = :tenant AND job_id = :job AND number = :number")
                        .param("tenant", job.tenant().value())
                        .param("job", job.id())
                        .param("number", number)
                        .update()
                == 1;
    }

    /** @param errors by the numbers of their rows */
    void addErrors(Job job, SortedMap<Integer, String> errors) {
        if (errors.isEmpty()) return;
        db.sql("""
                INSERT INTO job_error (tenant_id, job_id, row, sealed)
                SELECT :tenant, :job, row, sealed FROM unnest(:rows, :sealed) AS given (row, sealed)
                ON CONFLICT DO NOTHING
                """)
                .param("tenant", job.tenant().value())
                .param("job", job.id())
                .param("rows", errors.keySet().toArray(Integer[]::new))
                .param(
                        "sealed",
                        errors.entrySet().stream()
                                .map(error -> sealer.seal(
                                        error.getValue(), job.tenant().value(), job.id(), "error " + error.getKey()))
                                .toArray(byte[][]::new))
                .update();
    }

    /** The first errors, in the order of the rows. */
    List<String> errors(Job job, int most) {
        return db.sql("""
                SELECT row, sealed FROM job_error WHERE tenant_id = :tenant AND job_id = :job ORDER BY row LIMIT :most
                """)
                .param("tenant", job.tenant().value())
                .param("job", job.id())
                .param("most", most)
                .query((row, _) -> sealer.openOwn(
                        row.getBytes("sealed"), job.tenant().value(), job.id(), "error " + row.getInt("row")))
                .list();
    }

    /** Jobs that ended, or whose upload broke off, before these moments. */
    void sweep(Instant endedBefore, Instant uploadingSince) {
        db.sql("""
                DELETE FROM job
                 WHERE (status IN ('completed', 'failed') AND held_until < :ended)
                    OR (status = 'uploading' AND held_until < :uploading)
                """)
                .param("ended", endedBefore.atOffset(UTC))
                .param("uploading", uploadingSince.atOffset(UTC))
                .update();
    }

    private Job read(ResultSet row) throws SQLException {
        var started = row.getObject("started_at", OffsetDateTime.class);
        return new Job(
                new TenantId(row.getString("tenant_id")),
                row.getString("id"),
                Job.Type.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                Job.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("connection"),
                json.readValue(row.getString("options"), Job.Options.class),
                row.getInt("total"),
                row.getInt("inserted"),
                row.getInt("updated"),
                row.getInt("failed"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                started == null ? null : started.toInstant());
    }
}
