package io.ringcode.management.search;

import static java.time.ZoneOffset.UTC;

import io.ringcode.json.IsoTime;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Reads the log, in the shape of Auth0's records. */
@Component
public class LogRecords {
    /**
     * A record becomes visible when its transaction commits, which may be a moment after a younger one's. Who walks along
     * the log must not pass it by, so reading by checkpoint stays this far behind.
     */
    public static final Duration SETTLED = Duration.ofSeconds(2);

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("'900'yyyyMMddHHmmssSSS");
    private static final Pattern MOBILE = Pattern.compile("(?i)mobile|android|iphone");
    private static final String SELECT = """
            SELECT log.id, log.at, log.type, log.user_id, log.client_id, log.data, person.connection,
                   coalesce(person.email, person.username) AS user_name
              FROM log_line AS log LEFT JOIN user_label AS person ON person.tenant_id = log.tenant_id AND person.id = log.user_id
             WHERE log.tenant_id = :tenant AND\s""";

    private final JdbcClient db;
    private final ObjectMapper json;
    private final Clock clock;

    LogRecords(JdbcClient db, ObjectMapper json, Clock clock) {
        this.db = db;
        this.json = json;
        this.clock = clock;
    }

    Optional<LogRecord> find(TenantId tenant, String id) {
        return db.sql(SELECT + "log.id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> shown(row))
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
                .query((row, _) -> shown(row))
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
                .param("settled", STAMP.format(clock.instant().minus(SETTLED).atOffset(UTC)))
                .param("size", size)
                .query((row, _) -> shown(row))
                .list();
    }

    private LogRecord shown(ResultSet row) throws SQLException {
        var data = new LogRecord.Data(json.readTree(row.getString("data")));
        var connection = row.getString("connection");
        var agent = data.text("user_agent");
        return new LogRecord(
                row.getString("id"),
                row.getString("id"),
                new IsoTime(row.getObject("at", OffsetDateTime.class).toInstant()),
                row.getString("type"),
                row.getString("client_id"),
                row.getString("user_id"),
                row.getString("user_name"),
                connection,
                connection == null ? null : "auth0",
                connection == null ? null : "database",
                agent != null && MOBILE.matcher(agent).find(),
                data.text("ip"),
                data.take("details"),
                data.text("hostname"),
                agent,
                data.text("client_name"),
                data.text("description"),
                data.rest());
    }
}
