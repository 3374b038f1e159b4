package io.ringcode.action;

import static java.time.ZoneOffset.UTC;

import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log of script executions, each kept for ten days. */
@Component
class ExecutionTable {
    private static final String COLUMNS = "id, script_id, version, trigger_id, result, error, log, took_ms, at";

    private final JdbcClient db;

    ExecutionTable(JdbcClient db) {
        this.db = db;
    }

    void insert(TenantId tenant, Execution execution) {
        db.sql("""
                INSERT INTO script_execution
                       (tenant_id, id, script_id, version, trigger_id, result, error, log, took_ms, at)
                VALUES (:tenant, :id, :script, :version, :trigger, :result, :error, :log, :took, :at)
                """)
                .param("tenant", tenant.value())
                .param("id", execution.id())
                .param("script", execution.script())
                .param("version", execution.version())
                .param("trigger", execution.trigger().id())
                .param("result", execution.result().wire())
                .param("error", execution.error())
                .param("log", String.join("\n", execution.log()))
                .param("took", (int) execution.took().toMillis())
                .param("at", execution.at().atOffset(UTC))
                .update();
    }

    Optional<Execution> find(TenantId tenant, UUID id) {
        return db.sql("SELECT " + COLUMNS + " FROM script_execution WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Newest first. */
    List<Execution> of(TenantId tenant, String script, int offset, int limit) {
        return db.sql("SELECT " + COLUMNS + """
                 FROM script_execution WHERE tenant_id = :tenant AND script_id = :script
                 ORDER BY id DESC LIMIT :limit OFFSET :offset
                """)
                .param("tenant", tenant.value())
                .param("script", script)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, _) -> read(row))
                .list();
    }

    int count(TenantId tenant, String script) {
        return db.sql("SELECT count(*) FROM script_execution WHERE tenant_id = :tenant AND script_id = :script")
                .param("tenant", tenant.value())
                .param("script", script)
                .query(Integer.class)
                .single();
    }

    private static Execution read(ResultSet row) throws SQLException {
        var log = row.getString("log");
        var result = row.getString("result");
        return new Execution(
                row.getObject("id", UUID.class),
                row.getString("script_id"),
                row.getInt("version"),
                Trigger.of(row.getString("trigger_id")).orElseThrow(),
                Arrays.stream(Execution.Result.values())
                        .filter(each -> each.wire().equals(result))
                        .findFirst()
                        .orElseThrow(),
                row.getString("error"),
                log.isEmpty() ? List.of() : List.of(log.split("\n", -1)),
                Duration.ofMillis(row.getInt("took_ms")),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
