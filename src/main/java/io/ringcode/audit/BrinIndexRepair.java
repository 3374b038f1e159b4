package io.ringcode.audit;

import io.ringcode.audit.BrinIndexes.BrinIndex;
import io.ringcode.schedule.RecurringTask;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds BRIN indexes that make searches read far too much, and summarizes them anew. Where PostgreSQL is interrupted while it summarizes a range, by a lock that somebody else wants or by its own end, it leaves the range as
 * begun, never comes back to it, and takes each range behind it for one that has to be read as well: every second the log's chain would read
 * most of the log for a few lines (seen in PostgreSQL 18.6).
 */
@Component
class BrinIndexRepair implements RecurringTask {
    private static final Logger log = LoggerFactory.getLogger(BrinIndexRepair.class);

    /** 16 MiB; what was written last, and is not summarized yet, is less unless PostgreSQL's own upkeep does not follow. */
    private static final long MOST_PAGES_IN_VAIN = 2_048;

    private final BrinIndexes indexes;

    BrinIndexRepair(BrinIndexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public String name() {
        return "brin-index-repair";
    }

    @Override
    public Duration period() {
        return Duration.ofHours(1);
    }

    @Override
    public Servers servers() {
        return Servers.ONE;
    }

    @Override
    public void run() {
        for (var index : indexes.all()) if (indexes.pagesReadInVain(index) > MOST_PAGES_IN_VAIN) repair(index);
    }

    private void repair(BrinIndex index) {
        log.warn("The index {} makes searches read pages in vain: summarizing it anew", index.name());
        indexes.summarizeAnew(index);
    }
}
