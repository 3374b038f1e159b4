package io.ringcode.audit;

import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.Retention;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes the log's partitions that are to come, and drops those that no tenant keeps lines of any more: {@link LogRetention} has removed them. */
@Component
class LogPartitioning implements RecurringTask {
    /** For the longest time that a tenant keeps its log, so that looking through all of them stays cheap. */
    private static final int PARTITIONS = 16;

    private static final Duration LEAST = Duration.ofDays(7);

    /** Who copies or verifies the log sees it as it was some time ago. */
    private static final Duration LATER = Duration.ofDays(1);

    private final LogPartitions partitions;
    private final Tenants tenants;
    private final Clock clock;

    LogPartitioning(LogPartitions partitions, Tenants tenants, Clock clock) {
        this.partitions = partitions;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "log-partitions";
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
        var kept = longestKept();
        var part = kept.dividedBy(PARTITIONS);
        partitions.make(now, part.compareTo(LEAST) < 0 ? LEAST : part);
        partitions.retire(now.minus(kept).minus(LATER));
    }

    private Duration longestKept() {
        return tenants.ids().stream()
                .map(tenant -> Retention.of(tenants.settings(tenant)).ofLog())
                .max(Duration::compareTo)
                .orElse(Retention.DEFAULT.ofLog());
    }
}
