package io.ringcode.action;

import static java.time.ZoneOffset.UTC;

import io.ringcode.action.Version.Status;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** The versions of scripts: the newest fifty of each, and the one that runs. */
@Component
class VersionTable {
    private static final int KEPT = 50;
    private static final TypeReference<Map<String, String>> DEPENDENCIES = new TypeReference<>() {};
    private static final String COLUMNS =
            "script_id, number, id, code, dependencies, runtime, lock, status, note, created_at, built_at, deployed_at";

    private final JdbcClient db;
    private final ObjectMapper json;

    VersionTable(JdbcClient db, ObjectMapper json) {
        this.db = db;
        this.json = json;
    }

    void insert(TenantId tenant, Version version) {
        var insert = db.sql("""
                INSERT INTO script_version (tenant_id, script_id, number, id, code, dependencies, runtime, lock, status,
                                            note, created_at, built_at, deployed_at)
                VALUES (:tenant, :script, :number, :id, :code, :dependencies::jsonb, :runtime, :lock, :status,
                        :note, :created, :built, :deployed)
                """);
        insert.param("tenant", tenant.value())
                .param("script", version.script())
                .param("number", version.number())
                .param("id", version.id())
                .param("code", version.code())
                .param("dependencies", json.writeValueAsString(version.dependencies()))
                .param("runtime", version.runtime())
                .param("lock", version.lock())
                .param("status", version.status().wire())
                .param("note", version.note())
                .param("created", version.createdAt().atOffset(UTC))
                .param(
                        "built",
                        version.builtAt() == null ? null : version.builtAt().atOffset(UTC))
                .param(
                        "deployed",
                        version.deployedAt() == null
                                ? null
                                : version.deployedAt().atOffset(UTC))
                .update();
        forgetOld(tenant, version.script(), version.number());
    }

    private void forgetOld(TenantId tenant, String script, int newest) {
        db.sql("""
                DELETE FROM script_version
                 WHERE tenant_id = :tenant AND script_id = :script AND number <= :last
                   AND number IS DISTINCT FROM (SELECT live FROM script WHERE tenant_id = :tenant AND id = :script)
                """)
                .param("tenant", tenant.value())
                .param("script", script)
                .param("last", newest - KEPT)
                .update();
    }

    Optional<Version> find(TenantId tenant, String script, int number) {
        return db.sql("SELECT " + COLUMNS
                        + " FROM script_version WHERE tenant_id = :tenant AND script_id = :script AND number = :number")
                .param("tenant", tenant.value())
                .param("script", script)
                .param("number", number)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Newest first. */
    List<Version> of(TenantId tenant, String script) {
        return db.sql("SELECT " + COLUMNS
                        + " FROM script_version WHERE tenant_id = :tenant AND script_id = :script ORDER BY number DESC")
                .param("tenant", tenant.value())
                .param("script", script)
                .query((row, _) -> read(row))
                .list();
    }

    void built(TenantId tenant, String script, int number, String lock, Instant now) {
        settle(tenant, script, number, Status.BUILT, null, lock, now);
    }

    void failed(TenantId tenant, String script, int number, String why) {
        settle(tenant, script, number, Status.FAILED, why, null, null);
    }

    private void settle(
            TenantId tenant,
            String script,
            int number,
            Status status,
            @Nullable String note,
            @Nullable String lock,
            @Nullable Instant builtAt) {
        db.sql("""
                UPDATE script_version SET status = :status, note = :note, lock = :lock, built_at = :built
                 WHERE tenant_id = :tenant AND script_id = :script AND number = :number
                """)
                .param("tenant", tenant.value())
                .param("script", script)
                .param("number", number)
                .param("status", status.wire())
                .param("note", note)
                .param("lock", lock)
                .param("built", builtAt == null ? null : builtAt.atOffset(UTC))
                .update();
    }

    void note(TenantId tenant, String script, int number, String progress) {
        db.sql("""
                UPDATE script_version SET note = :note
                 WHERE tenant_id = :tenant AND script_id = :script AND number = :number AND status = 'building'
                """)
                .param("tenant", tenant.value())
                .param("script", script)
                .param("number", number)
                .param("note", progress)
                .update();
    }

    /** @param secrets as they are now, for an action: from then on they change with the next deployment only */
    void deployed(TenantId tenant, String script, int number, byte @Nullable [] secrets, Instant now) {
        db.sql("""
                UPDATE script_version SET deployed_at = :now, secrets_sealed = :secrets
                 WHERE tenant_id = :tenant AND script_id = :script AND number = :number
                """)
                .param("tenant", tenant.value())
                .param("script", script)
                .param("number", number)
                .param("secrets", secrets)
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** @return those of {@code names} whose lock file some version of any tenant still has */
    List<String> locked(List<String> names) {
        return db.sql("""
                SELECT DISTINCT name
                  FROM (SELECT left(encode(sha256(convert_to(lock, 'UTF8')), 'hex'), 32) AS name
                          FROM script_version WHERE lock IS NOT NULL) AS locked
                 WHERE name = ANY (:names)
                """)
                .param("names", names.toArray(String[]::new))
                .query((row, _) -> row.getString("name"))
                .list();
    }

    byte @Nullable [] secrets(TenantId tenant, String script, int number) {
        return db.sql("""
                SELECT secrets_sealed FROM script_version
                 WHERE tenant_id = :tenant AND script_id = :script AND number = :number
                   AND secrets_sealed IS NOT NULL
                """)
                .param("tenant", tenant.value())
                .param("script", script)
                .param("number", number)
                .query((row, _) -> row.getBytes("secrets_sealed"))
                .optional()
                .orElse(null);
    }

    private Version read(ResultSet row) throws SQLException {
        var status = row.getString("status");
        return new Version(
                row.getString("script_id"),
                row.getInt("number"),
                row.getObject("id", UUID.class),
                row.getString("code"),
                json.readValue(row.getString("dependencies"), DEPENDENCIES),
                row.getString("runtime"),
                row.getString("lock"),
                Arrays.stream(Status.values())
                        .filter(each -> each.wire().equals(status))
                        .findFirst()
                        .orElseThrow(),
                row.getString("note"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "built_at"),
                instant(row, "deployed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
