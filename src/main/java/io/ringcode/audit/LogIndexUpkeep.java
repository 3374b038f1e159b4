package io.ringcode.audit;

import io.ringcode.schedule.RecurringTask;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sums up the ranges of the index {@code log_written} (BRIN) anew, after lines were removed: PostgreSQL puts new ones into their pages, and
 * widens a range, but never narrows it, so that each search would read more of the table from day to day.
 */
@Component
class LogIndexUpkeep implements RecurringTask {
    /** Of pages that one entry of the index is about, as the migration has it. */
    private static final int PAGES = 32;

    /** A statement's; the table's lock that it takes keeps away nothing but maintenance. */
    private static final int RANGES = 500;

    private final JdbcClient db;
    private final AtomicBoolean removed = new AtomicBoolean();

    LogIndexUpkeep(JdbcClient db) {
        this.db = db;
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
        if (!removed.getAndSet(false)) return;
        var pages = db.sql("SELECT pg_relation_size('log') / current_setting('block_size')::bigint")
                .query(Long.class)
                .single();
        for (long from = 0; from < pages; from += PAGES * RANGES)
            db.sql("""
                    SELECT count(brin_summarize_range('log_written', page)) FROM (
                        SELECT page, brin_desummarize_range('log_written', page)
                          FROM generate_series(:from::bigint, :until::bigint, :pages::bigint) AS page OFFSET 0) AS forgotten
                    """)
                    .param("from", from)
                    .param("until", Math.min(pages, from + PAGES * RANGES) - 1)
                    .param("pages", PAGES)
                    .query(Long.class)
                    .single();
    }
}
