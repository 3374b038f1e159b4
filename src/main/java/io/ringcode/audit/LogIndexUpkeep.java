package io.ringcode.audit;

import io.ringcode.schedule.RecurringTask;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Summarizes the BRIN indexes of the log and its chain anew, after lines were removed: PostgreSQL puts new ones into their pages, and
 * widens a range, but never narrows it, so that each search would read more of the table from day to day.
 */
@Component
class LogIndexUpkeep implements RecurringTask {
    private final BrinIndexes indexes;
    private final AtomicBoolean removed = new AtomicBoolean();

    LogIndexUpkeep(BrinIndexes indexes) {
        this.indexes = indexes;
    }

    /** Lines were removed by this server. */
    void removed() {
        removed.set(true);
    }

    @Override
    public String name() {
        return "log-index";
    }

    @Override
    public Duration period() {
        return Duration.ofDays(1);
    }

    @Override
    public void run() {
        if (removed.getAndSet(false)) indexes.all().forEach(indexes::summarizeAnew);
    }
}
