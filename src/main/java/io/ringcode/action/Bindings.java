package io.ringcode.action;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which actions answer which trigger, in order. Of those that send messages the first one that is deployed runs; of those on sign-ins all do. */
@Component
public class Bindings {
    private final JdbcClient db;
    private final LiveScripts live;
    private final Clock clock;

    Bindings(JdbcClient db, LiveScripts live, Clock clock) {
        this.db = db;
        this.live = live;
        this.clock = clock;
    }

    public record Binding(
            UUID id, Trigger trigger, String action, String displayName, Instant createdAt, Instant updatedAt) {}

    /** An action to bind. */
    public record NewBinding(String action, String displayName) {}

    public List<Binding> of(TenantId tenant, Trigger trigger) {
        return db.sql("""
                SELECT id, script_id, display_name, created_at, updated_at FROM script_binding
                 WHERE tenant_id = :tenant AND trigger_id = :trigger ORDER BY position
                """)
                .param("tenant", tenant.value())
                .param("trigger", trigger.id())
                .query((row, _) -> new Binding(
                        row.getObject("id", UUID.class),
                        trigger,
                        row.getString("script_id"),
                        row.getString("display_name"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Replaces all bindings of a trigger. */
    public void set(TenantId tenant, Trigger trigger, List<NewBinding> wanted) {
        db.sql("DELETE FROM script_binding WHERE tenant_id = :tenant AND trigger_id = :trigger")
                .param("tenant", tenant.value())
                .param("trigger", trigger.id())
                .update();
        var now = clock.instant();
        for (int position = 0; position < wanted.size(); position++) {
            var binding = wanted.get(position);
            db.sql("""
                    INSERT INTO script_binding (tenant_id, trigger_id, position, id, script_id, display_name,
                                                created_at, updated_at)
                    VALUES (:tenant, :trigger, :position, :id, :script, :name, :now, :now)
                    """)
                    .param("tenant", tenant.value())
                    .param("trigger", trigger.id())
                    .param("position", position)
                    .param("id", TimedId.at(now))
                    .param("script", binding.action())
                    .param("name", binding.displayName())
                    .param("now", now.atOffset(UTC))
                    .update();
        }
        live.changed(tenant);
    }

    boolean holds(TenantId tenant, String action) {
        return db.sql("SELECT EXISTS (SELECT 1 FROM script_binding WHERE tenant_id = :tenant AND script_id = :script)")
                .param("tenant", tenant.value())
                .param("script", action)
                .query(Boolean.class)
                .single();
    }
}
