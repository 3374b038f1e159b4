package io.ringcode.action;

import static java.time.ZoneOffset.UTC;

import io.ringcode.action.Script.Kind;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Hooks and actions as such; what they say is in {@link VersionTable}. */
@Component
class ScriptTable {
    private static final String COLUMNS =
            "id, kind, name, trigger_id, trigger_version, enabled, newest, live, created_at, updated_at";

    private final JdbcClient db;

    ScriptTable(JdbcClient db) {
        this.db = db;
    }

    /** @throws ScriptRefused when the name is taken */
    void insert(Script script) throws ScriptRefused {
        try {
            var bound = db.sql("""
                    INSERT INTO script (tenant_id, id, kind, name, trigger_id, trigger_version, enabled, newest, live,
                                        created_at, updated_at)
                    VALUES (:tenant, :id, :kind, :name, :trigger, :version, :enabled, :newest, :live, :now, :now)
                    """);
            bound.param("tenant", script.tenant().value())
                    .param("id", script.id())
                    .param("kind", script.kind().column())
                    .param("name", script.name())
                    .param("trigger", script.trigger().id())
                    .param("version", script.triggerVersion())
                    .param("enabled", script.enabled())
                    .param("newest", script.newest())
                    .param("live", script.live())
                    .param("now", script.createdAt().atOffset(UTC))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw nameTaken(script.name());
        }
    }

    /** Writes all that may change. */
    void update(Script script) throws ScriptRefused {
        try {
            db.sql("""
                    UPDATE script SET name = :name, enabled = :enabled, newest = :newest, live = :live, updated_at = :now
                     WHERE tenant_id = :tenant AND id = :id
                    """)
                    .param("tenant", script.tenant().value())
                    .param("id", script.id())
                    .param("name", script.name())
                    .param("enabled", script.enabled())
                    .param("newest", script.newest())
                    .param("live", script.live())
                    .param("now", script.updatedAt().atOffset(UTC))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw nameTaken(script.name());
        }
    }

    private static ScriptRefused nameTaken(String name) {
        return new ScriptRefused(ScriptRefused.Reason.NAME, "There is already one with the name " + name + ".");
    }

    /** One hook at a time answers a trigger: the others step back. */
    void disableOthers(TenantId tenant, Trigger trigger, String id, Instant now) {
        db.sql("""
                UPDATE script SET enabled = false, updated_at = :now
                 WHERE tenant_id = :tenant AND trigger_id = :trigger AND id <> :id AND enabled
                """)
                .param("tenant", tenant.value())
                .param("trigger", trigger.id())
                .param("id", id)
                .param("now", now.atOffset(UTC))
                .update();
    }

    Optional<Script> find(TenantId tenant, Kind kind, String id) {
        return find(tenant, kind, id, "");
    }

    /** Nobody else changes it before the end of the transaction. */
    Optional<Script> lock(TenantId tenant, Kind kind, String id) {
        return find(tenant, kind, id, " FOR UPDATE");
    }

    private Optional<Script> find(TenantId tenant, Kind kind, String id, String how) {
        return db.sql("SELECT " + COLUMNS + " FROM script WHERE tenant_id = :tenant AND kind = :kind AND id = :id"
                        + how)
                .param("tenant", tenant.value())
                .param("kind", kind.column())
                .param("id", id)
                .query((row, _) -> read(tenant, row))
                .optional();
    }

    /** By name. */
    List<Script> list(TenantId tenant, Kind kind) {
        return db.sql("SELECT " + COLUMNS + " FROM script WHERE tenant_id = :tenant AND kind = :kind ORDER BY name")
                .param("tenant", tenant.value())
                .param("kind", kind.column())
                .query((row, _) -> read(tenant, row))
                .list();
    }

    boolean delete(TenantId tenant, Kind kind, String id) {
        return db.sql("DELETE FROM script WHERE tenant_id = :tenant AND kind = :kind AND id = :id")
                        .param("tenant", tenant.value())
                        .param("kind", kind.column())
                        .param("id", id)
                        .update()
                == 1;
    }

    byte @Nullable [] secrets(TenantId tenant, String id) {
        return db.sql("""
                SELECT secrets_sealed FROM script
                 WHERE tenant_id = :tenant AND id = :id AND secrets_sealed IS NOT NULL
                """)
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> row.getBytes("secrets_sealed"))
                .optional()
                .orElse(null);
    }

    void setSecrets(TenantId tenant, String id, byte @Nullable [] sealed, Instant now) {
        db.sql("UPDATE script SET secrets_sealed = :sealed, updated_at = :now WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .param("sealed", sealed)
                .param("now", now.atOffset(UTC))
                .update();
    }

    private static Script read(TenantId tenant, ResultSet row) throws SQLException {
        return new Script(
                tenant,
                row.getString("id"),
                row.getString("kind").equals(Kind.HOOK.column()) ? Kind.HOOK : Kind.ACTION,
                row.getString("name"),
                Trigger.of(row.getString("trigger_id")).orElseThrow(),
                row.getString("trigger_version"),
                row.getBoolean("enabled"),
                row.getInt("newest"),
                row.getObject("live", Integer.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
