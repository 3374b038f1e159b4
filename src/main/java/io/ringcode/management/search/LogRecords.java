package io.ringcode.management.search;

import io.ringcode.log.LogRecord;
import io.ringcode.log.LogRecordRows;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the log, in the shape of Auth0's records. */
@Component
public class LogRecords {
    /**
     * A record becomes visible when its transaction commits, which may be a moment after a younger one's. Who walks along
     * the log must not pass it by, so reading by checkpoint stays this far behind.
     */
    public static final Duration SETTLED = Duration.ofSeconds(2);

    private static final String SELECT =
            "SELECT " + LogRecordRows.COLUMNS + " FROM " + LogRecordRows.TABLES + " WHERE log.tenant_id = :tenant AND ";

    private final JdbcClient db;
    private final LogRecordRows rows;
    private final Clock clock;

    LogRecords(JdbcClient db, LogRecordRows rows, Clock clock) {
        this.db = db;
        this.rows = rows;
        this.clock = clock;
    }

    Optional<LogRecord> find(TenantId tenant, String id) {
        return db.sql(SELECT + "log.id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> rows.record(row))
                .optional();
    }

    /** @param query null for everything */
    List<LogRecord> search(TenantId tenant, @Nullable SearchQuery query, boolean newestFirst, int start, int size) {
        var search = new LogSearch(tenant, newestFirst);
        var ids = search.ids(query);
        return db.sql("WITH wanted AS MATERIALIZED (SELECT id FROM (" + ids + ") AS ids OFFSET :start) " + SELECT
                        + "log.id IN (SELECT id FROM wanted) ORDER BY log.id " + (newestFirst ? "DESC" : "ASC"))
                .params(search.parameters())
                .param("need", start + size)
                .param("start", start)
                .query((row, _) -> rows.record(row))
                .list();
    }

    /** @param most where counting stops */
    long count(TenantId tenant, @Nullable SearchQuery query, int most) {
        var search = new LogSearch(tenant, true);
        return db.sql("SELECT count(*) FROM (" + search.ids(query) + ") AS ids")
                .params(search.parameters())
                .param("need", most)
                .query(Long.class)
                .single();
    }

    /** The records after this one, oldest first; from the oldest where it is null. */
    List<LogRecord> after(TenantId tenant, @Nullable String id, int size) {
        return db.sql(SELECT + "log.id > :after AND log.id < :settled ORDER BY log.id LIMIT :size")
                .param("tenant", tenant.value())
                .param("after", id == null ? "" : id)
                .param("settled", LogRecordRows.firstId(clock.instant().minus(SETTLED)))
                .param("size", size)
                .query((row, _) -> rows.record(row))
                .list();
    }
}
