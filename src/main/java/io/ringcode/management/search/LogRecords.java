package io.ringcode.management.search;

import static java.time.ZoneOffset.UTC;

import io.ringcode.management.json.ResponseObject;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    Optional<Map<String, Object>> find(TenantId tenant, String id) {
        return db.sql(SELECT + "log.id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> shown(row))
                .optional();
    }

    /** @param query null for everything */
    List<Map<String, Object>> search(
            TenantId tenant, @Nullable SearchQuery query, boolean newestFirst, int start, int size) {
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
    List<Map<String, Object>> after(TenantId tenant, @Nullable String id, int size) {
        return db.sql(SELECT + "log.id > :after AND log.id < :settled ORDER BY log.id LIMIT :size")
                .param("tenant", tenant.value())
                .param("after", id == null ? "" : id)
                .param("settled", STAMP.format(clock.instant().minus(SETTLED).atOffset(UTC)))
                .param("size", size)
                .query((row, _) -> shown(row))
                .list();
    }

    private Map<String, Object> shown(ResultSet row) throws SQLException {
        var data = json.readTree(row.getString("data"));
        var agent = data.path("user_agent").asString("").toLowerCase(Locale.ROOT);
        var connection = row.getString("connection");
        var shown = new ResponseObject()
                .put("_id", row.getString("id"))
                .put("log_id", row.getString("id"))
                .put("date", row.getObject("at", OffsetDateTime.class).toInstant())
                .put("type", row.getString("type"))
                .put("client_id", row.getString("client_id"))
                .put("user_id", row.getString("user_id"))
                .put("user_name", row.getString("user_name"))
                .put("connection", connection)
                .put("strategy", connection == null ? null : "auth0")
                .put("strategy_type", connection == null ? null : "database")
                .put("isMobile", agent.contains("mobile") || agent.contains("android") || agent.contains("iphone"));
        for (var member : data.properties()) shown.put(member.getKey(), member.getValue());
        return shown.members();
    }
}
