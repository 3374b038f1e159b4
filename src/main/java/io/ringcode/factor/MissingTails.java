package io.ringcode.factor;

import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives phones that were bound before last digits were kept theirs, some at a time. */
@Component
class MissingTails implements RecurringTask {
    private static final int BATCH = 5_000;

    private final JdbcClient db;
    private final AuthenticatorSecrets secrets;

    MissingTails(JdbcClient db, AuthenticatorSecrets secrets) {
        this.db = db;
        this.secrets = secrets;
    }

    @SuppressWarnings("ArrayRecordComponent") // as JDBC gives it; never compared
    private record Row(TenantId tenant, AuthenticatorId id, byte[] sealed) {}

    @Override
    public String name() {
        return "last-digits";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Servers servers() {
        return Servers.ONE;
    }

    @Override
    public void run() {
        List<Row> rows = db.sql("""
                SELECT tenant_id, id, phone_sealed FROM enrollment
                 WHERE phone_sealed IS NOT NULL AND phone_tail IS NULL LIMIT :batch
                """)
                .param("batch", BATCH)
                .query((row, _) -> new Row(
                        new TenantId(row.getString("tenant_id")),
                        new AuthenticatorId(row.getString("id")),
                        row.getBytes("phone_sealed")))
                .list();
        if (rows.isEmpty()) return;
        db.sql("""
                UPDATE enrollment SET phone_tail = given.tail
                  FROM unnest(:tenants, :ids, :tails) AS given (tenant_id, id, tail)
                 WHERE enrollment.tenant_id = given.tenant_id AND enrollment.id = given.id
                """)
                .param("tenants", rows.stream().map(row -> row.tenant().value()).toArray(String[]::new))
                .param("ids", rows.stream().map(row -> row.id().value()).toArray(String[]::new))
                .param("tails", rows.stream().map(this::tail).toArray(byte[][]::new))
                .update();
    }

    private byte[] tail(Row row) {
        var number = secrets.openPhone(row.tenant(), row.id(), row.sealed());
        return secrets.tail(row.tenant(), number.e164());
    }
}
