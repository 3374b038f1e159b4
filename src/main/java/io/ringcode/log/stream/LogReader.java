package io.ringcode.log.stream;

import static java.time.ZoneOffset.UTC;

import io.ringcode.log.LogRecord;
import io.ringcode.log.LogRecordRows;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the log in the order of the transactions that wrote it, and only what no running transaction can add to: a line whose
 * commit took long is younger than it looks by its time, and would be passed by.
 */
@Component
class LogReader {
    private static final int PAGE = 500;
    /** Transactions that one statement looks through at first: more are sorted in vain where the tenant wrote most of them. */
    private static final long SPAN = 50_000;

    private static final long MOST_SPAN = 50_000_000;

    private static final String HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    private final JdbcClient db;
    private final LogRecordRows rows;

    LogReader(JdbcClient db, LogRecordRows rows) {
        this.db = db;
        this.rows = rows;
    }

    /** A line, and the cursor of whoever has taken it. */
    record Line(LogRecord record, Cursor taken) {}

    /**
     * @param next where to read on; null where the cursor belongs to another database
     * @param more whether there may be more now
     */
    record Page(List<Line> lines, @Nullable Cursor next, boolean more) {}

    /** @return the cursor of whoever wants to read what is written from now on */
    Cursor now() {
        return Cursor.before(db.sql(HORIZON).query(Long.class).single());
    }

    /** @return the cursor of whoever wants to read what was written since then */
    Cursor since(TenantId tenant, Instant start) {
        return Cursor.before(db.sql("SELECT least((" + HORIZON
                        + "), min(written)) FROM log_line WHERE tenant_id = :tenant AND at >= :start AND id >= :id")
                .param("tenant", tenant.value())
                .param("start", start.atOffset(UTC))
                .param("id", LogRecordRows.firstId(start))
                .query(Long.class)
                .single());
    }

    /** @param start lines before it are passed over; null for none */
    Page after(TenantId tenant, Cursor cursor, @Nullable Instant start) {
        for (long span = SPAN; ; span = Math.min(span * 4, MOST_SPAN)) {
            var page = page(tenant, cursor, cursor.written() + span, start);
            if (page.next() == null || !page.more() || !page.lines().isEmpty()) return page;
            cursor = page.next();
        }
    }

    private Page page(TenantId tenant, Cursor cursor, long until, @Nullable Instant start) {
        var lines = new ArrayList<Line>();
        var horizon = new long[1];
        db.sql("WITH horizon AS MATERIALIZED (" + HORIZON + " AS at) SELECT horizon.at AS horizon, line.* FROM horizon"
                        + " LEFT JOIN LATERAL (SELECT log.written, " + LogRecordRows.COLUMNS + " FROM "
                        + LogRecordRows.TABLES + """
                         WHERE log.tenant_id = :tenant AND log.written >= :written AND log.written < :until
                           AND log.written < (SELECT at FROM horizon)
                           AND (log.written, log.id) > (:written, :id)
                           AND (:start::timestamptz IS NULL OR log.at >= :start::timestamptz)
                         ORDER BY log.written, log.id LIMIT :page) AS line ON true
                        """)
                .param("tenant", tenant.value())
                .param("written", cursor.written())
                .param("until", until)
                .param("id", cursor.id())
                .param("start", start == null ? null : start.atOffset(UTC))
                .param("page", PAGE)
                .query(row -> {
                    horizon[0] = row.getLong("horizon");
                    if (row.getString("id") != null)
                        lines.add(new Line(rows.record(row), new Cursor(row.getLong("written"), row.getString("id"))));
                });
        if (horizon[0] < cursor.written()) return new Page(List.of(), null, false);
        if (lines.size() == PAGE) return new Page(lines, lines.getLast().taken(), true);
        var read = Math.min(horizon[0], until);
        return new Page(lines, Cursor.before(read), read < horizon[0]);
    }
}
