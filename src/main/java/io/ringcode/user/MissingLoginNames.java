package io.ringcode.user;

import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives users who were stored before names had one form theirs, the oldest first. Of two with one name the first keeps it;
 * an address goes before a user name.
 */
@Component
class MissingLoginNames implements RecurringTask {
    private static final int BATCH = 5_000;
    private static final int BATCHES = 20;

    private record Row(
            TenantId tenant,
            String connection,
            UserId user,
            @Nullable String email,
            @Nullable String username) {}

    private final JdbcClient db;
    private final LoginNames names;
    private final TransactionTemplate transactions;

    MissingLoginNames(JdbcClient db, LoginNames names, PlatformTransactionManager transactions) {
        this.db = db;
        this.names = names;
        this.transactions = new TransactionTemplate(transactions);
    }

    @Override
    public String name() {
        return "login-names";
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
        for (int batch = 0; batch < BATCHES; batch++) {
            var done = transactions.execute(_ -> some());
            if (done == null || done < BATCH) return;
        }
    }

    private int some() {
        List<Row> rows = db.sql("""
                SELECT tenant_id, connection, id, email, username FROM app_user
                 WHERE NOT named ORDER BY created_at, id LIMIT :batch FOR NO KEY UPDATE SKIP LOCKED
                """)
                .param("batch", BATCH)
                .query((row, _) -> new Row(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("connection"),
                        new UserId(row.getString("id")),
                        row.getString("email"),
                        row.getString("username")))
                .list();
        for (var row : rows) claim(row, row.email());
        for (var row : rows) claim(row, row.username());
        db.sql("""
                UPDATE app_user SET named = true FROM unnest(:tenants, :ids) AS given (tenant_id, id)
                 WHERE app_user.tenant_id = given.tenant_id AND app_user.id = given.id
                """)
                .param("tenants", rows.stream().map(row -> row.tenant().value()).toArray(String[]::new))
                .param("ids", rows.stream().map(row -> row.user().value()).toArray(String[]::new))
                .update();
        return rows.size();
    }

    private void claim(Row row, @Nullable String name) {
        if (name == null) return;
        var claim = new LoginNames.Claim(row.user(), LoginName.of(name));
        names.claim(row.tenant(), row.connection(), List.of(claim));
    }
}
