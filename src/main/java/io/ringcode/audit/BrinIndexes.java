package io.ringcode.audit;

import io.ringcode.database.SqlState;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** BRIN indexes of numbers, which keep the least and the greatest number of each range of a table's pages: those of the log and of its chain. */
@Component
class BrinIndexes {
    /** Of a statement; the table's lock that it takes keeps away nothing but maintenance. */
    private static final int RANGES = 500;

    /** Greater than all that is indexed. */
    private static final long BEYOND = Long.MAX_VALUE - 1;

    /** PostgreSQL counts ten rows for each page that a BRIN index finds (brin.c, bringetbitmap). */
    private static final int ROWS_OF_A_PAGE = 10;

    private static final String CANCELED = "57014";

    private final JdbcClient db;
    private final TransactionTemplate transaction;

    BrinIndexes(JdbcClient db, PlatformTransactionManager transactions) {
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * @param table of which it is an index
     * @param column quoted, as {@code table} is
     * @param pages that the table has
     * @param rangePages that one entry is about
     */
    record BrinIndex(long oid, String name, String table, String column, long pages, int rangePages) {}

    List<BrinIndex> all() {
        return db.sql("""
                SELECT indexrelid::bigint AS oid, index.relname AS name, indrelid::regclass::text AS table, quote_ident(attname) AS column,
                       pg_relation_size(indrelid) / current_setting('block_size')::bigint AS pages,
                       coalesce((SELECT option_value::int FROM pg_options_to_table(index.reloptions)
                                  WHERE option_name = 'pages_per_range'), 128) AS range_pages
                  FROM pg_index
                  JOIN pg_class AS index ON index.oid = indexrelid AND index.relkind = 'i'
                   AND index.relnamespace = current_schema()::regnamespace
                  JOIN pg_am ON pg_am.oid = index.relam AND amname = 'brin'
                  JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0] AND atttypid = 'int8'::regtype
                 ORDER BY name
                """)
                .query((row, _) -> new BrinIndex(
                        row.getLong("oid"),
                        row.getString("name"),
                        row.getString("table"),
                        row.getString("column"),
                        row.getLong("pages"),
                        row.getInt("range_pages")))
                .list();
    }

    /**
     * Summarizes the ranges from a page on that have been filled since, all but the newest one, which may still get rows. PostgreSQL does it itself when it
     * comes by, once a minute, and a search reads until then all that was written in that minute.
     *
     * @return the first page that is left for the next time
     */
    long summarizeFilled(BrinIndex index, long from) {
        var end = (index.pages() / index.rangePages() - 1) * index.rangePages();
        for (long start = from; start < end; start += (long) index.rangePages() * RANGES) {
            var until = Math.min(end, start + (long) index.rangePages() * RANGES);
            if (!summarize(index, start, until)) return start;
        }
        return Math.max(from, end);
    }

    /** @return false where the table is being vacuumed, which would stop for anybody who waits, or is locked otherwise */
    private boolean summarize(BrinIndex index, long from, long until) {
        try {
            transaction.executeWithoutResult(_ -> {
                db.sql("SET LOCAL lock_timeout = '50ms'").update();
                db.sql("""
                        SELECT count(brin_summarize_range(:index::oid::regclass, page))
                          FROM generate_series(:from::bigint, :until::bigint - 1, :pages::bigint) AS page
                        """)
                        .param("index", index.oid())
                        .param("from", from)
                        .param("until", until)
                        .param("pages", index.rangePages())
                        .query(Long.class)
                        .single();
            });
            return true;
        } catch (DataAccessException failure) {
            if (SqlState.LOCK_NOT_AVAILABLE.equals(SqlState.of(failure))) return false;
            throw failure;
        }
    }

    /** Reads the whole table, in steps. */
    void summarizeAnew(BrinIndex index) {
        for (long from = 0; from < index.pages(); from += (long) index.rangePages() * RANGES)
            db.sql("""
                    SELECT count(brin_summarize_range(:index::oid::regclass, page)) FROM (
                        SELECT page, brin_desummarize_range(:index::oid::regclass, page)
                          FROM generate_series(:from::bigint, :until::bigint, :pages::bigint) AS page OFFSET 0) AS forgotten
                    """)
                    .param("index", index.oid())
                    .param("from", from)
                    .param("until", Math.min(index.pages(), from + (long) index.rangePages() * RANGES) - 1)
                    .param("pages", index.rangePages())
                    .query(Long.class)
                    .single();
    }

    /**
     * How many pages a search reads in which nothing can be found: those of ranges that are not summed up yet, which are few in an index that is
     * sound.
     *
     * @return all pages of the table where to read them took longer than two seconds
     */
    long pagesReadInVain(BrinIndex index) {
        try {
            var plan = transaction.execute(_ -> {
                db.sql("SET LOCAL statement_timeout = '2s'").update();
                db.sql("SET LOCAL enable_seqscan = off").update();
                db.sql("SET LOCAL max_parallel_workers_per_gather = 0").update();
                return db.sql("EXPLAIN (ANALYZE, TIMING off, FORMAT JSON) SELECT FROM %s WHERE %s > %d"
                                .formatted(index.table(), index.column(), BEYOND))
                        .query(String.class)
                        .single();
            });
            return rows(JsonMapper.shared().readTree(plan).path(0).path("Plan")) / ROWS_OF_A_PAGE;
        } catch (DataAccessException failure) {
            if (CANCELED.equals(SqlState.of(failure))) return index.pages();
            throw failure;
        }
    }

    private static long rows(JsonNode plan) {
        if (plan.path("Node Type").asString().equals("Bitmap Index Scan"))
            return plan.path("Actual Rows").asLong();
        return plan.path("Plans").valueStream().mapToLong(BrinIndexes::rows).sum();
    }
}
