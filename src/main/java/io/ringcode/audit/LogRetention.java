package io.ringcode.audit;

import io.ringcode.log.LogRecordRows;
import io.ringcode.log.chain.ChainRetention;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.Retention;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes lines of the log that a tenant does not keep any more, the oldest first and some at a time, with their places in the chain. */
@Component
class LogRetention implements RecurringTask {
    private static final int BATCH = 1_000;
    /** Of a tenant in one run; what is left is the next run's. */
    private static final int BATCHES = 100;

    private final JdbcClient db;
    private final ChainRetention chain;
    private final LogIndexUpkeep index;
    private final Tenants tenants;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LogRetention(
            JdbcClient db,
            ChainRetention chain,
            LogIndexUpkeep index,
            Tenants tenants,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.db = db;
        this.chain = chain;
        this.index = index;
        this.tenants = tenants;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "old-log-lines";
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
        var now = clock.instant();
        var begins = chain.begins();
        for (var tenant : tenants.ids()) {
            var before = now.minus(Retention.of(tenants.settings(tenant)).ofLog());
            int batches = 0;
            while (batches < BATCHES
                    && Boolean.TRUE.equals(transaction.execute(_ -> removeSome(tenant, before, begins)))) batches++;
            if (batches > 0) index.removed();
        }
    }

    /** @return whether there may be more */
    private boolean removeSome(TenantId tenant, Instant before, long begins) {
        if (begins > 0 && removeUnchained(tenant, before, begins) == BATCH) return true;
        var released = chain.release(tenant, before).orElse(null);
        if (released == null) return false;
        db.sql("""
                DELETE FROM log WHERE tenant_id = :tenant AND id >= :low AND id <= :top AND written >= :from AND written < :until
                """)
                .param("tenant", tenant.value())
                .param("low", released.lowId())
                .param("top", released.topId())
                .param("from", released.writtenFrom())
                .param("until", released.writtenUntil())
                .update();
        return true;
    }

    /** Lines that are older than the chain, by their ids, which begin with the time. */
    private int removeUnchained(TenantId tenant, Instant before, long begins) {
        return db.sql("""
                DELETE FROM log WHERE tenant_id = :tenant AND id IN (
                    SELECT id FROM log WHERE tenant_id = :tenant AND id < :before AND written < :begins ORDER BY id LIMIT :batch)
                """)
                .param("tenant", tenant.value())
                .param("before", LogRecordRows.firstId(before))
                .param("begins", begins)
                .param("batch", BATCH)
                .update();
    }
}
