package io.ringcode.delivery.outbox;

import static java.time.ZoneOffset.UTC;

import io.ringcode.schedule.RecurringTask;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.Retention;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes messages that a tenant does not keep any more, with their attempts and receipts, and the built-in provider's inbox, in small batches, so
 * that no lock is held long.
 */
@Component
public class Housekeeping implements RecurringTask {
    static final Duration INBOX_KEPT = Duration.ofHours(24);
    private static final int BATCH = 500;

    private final JdbcClient db;
    private final Tenants tenants;
    private final Clock clock;

    Housekeeping(JdbcClient db, Tenants tenants, Clock clock) {
        this.db = db;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "old-messages";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Servers servers() {
        return Servers.ONE;
    }

    @Override
    public void run() {
        var now = clock.instant();
        for (var tenant : tenants.ids()) {
            var before = now.minus(Retention.of(tenants.settings(tenant)).ofMessages());
            int messages;
            do messages = deleteMessages(tenant, before);
            while (messages == BATCH);
        }
        int inbox;
        do inbox = deleteInbox(now);
        while (inbox == BATCH);
    }

    /** Ids grow with time, so each tenant's old messages are the first ones of its part of the primary key. */
    private int deleteMessages(TenantId tenant, Instant before) {
        return db.sql("""
                WITH old AS (
                    SELECT tenant_id, id FROM message
                     WHERE tenant_id = :tenant AND id < :horizon ORDER BY id LIMIT :batch),
                attempts AS (
                    DELETE FROM attempt AS a USING old WHERE a.tenant_id = old.tenant_id AND a.message_id = old.id
                    RETURNING a.tenant_id, a.provider, a.vendor_id),
                receipts AS (
                    DELETE FROM receipt AS r USING attempts AS a
                     WHERE r.tenant_id = a.tenant_id AND r.provider = a.provider AND r.vendor_id = a.vendor_id)
                DELETE FROM message AS m USING old WHERE m.tenant_id = old.tenant_id AND m.id = old.id
                """)
                .param("tenant", tenant.value())
                .param("horizon", TimedId.floor(before))
                .param("batch", BATCH)
                .update();
    }

    private int deleteInbox(Instant now) {
        return db.sql("""
                DELETE FROM inbox AS i USING (
                    SELECT o.tenant_id, o.id
                      FROM known_tenant AS t, LATERAL (
                           SELECT tenant_id, id FROM inbox
                            WHERE tenant_id = t.id AND at < :horizon
                            ORDER BY at LIMIT :batch) AS o
                     LIMIT :batch) AS old
                 WHERE i.tenant_id = old.tenant_id AND i.id = old.id
                """)
                .param("horizon", now.minus(INBOX_KEPT).atOffset(UTC))
                .param("batch", BATCH)
                .update();
    }
}
