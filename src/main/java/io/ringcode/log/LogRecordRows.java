package io.ringcode.log;

import static java.time.ZoneOffset.UTC;

import io.ringcode.json.IsoTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** How a row of the log becomes a {@link LogRecord}. */
@Component
public class LogRecordRows {
    /** Names rows of the view {@code log_line} as {@code log}, and those of {@code user_label} as {@code person}. */
    public static final String COLUMNS = """
            log.id, log.at, log.type, log.user_id, log.client_id, log.data, person.connection,
                   coalesce(person.email, person.username) AS user_name""";

    /** Goes with {@link #COLUMNS}. */
    public static final String TABLES = """
            log_line AS log LEFT JOIN user_label AS person ON person.tenant_id = log.tenant_id AND person.id = log.user_id""";

    /** Ids begin with the time, to the millisecond. */
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("'900'yyyyMMddHHmmssSSS");

    private static final Pattern MOBILE = Pattern.compile("(?i)mobile|android|iphone");

    private final ObjectMapper json;

    LogRecordRows(ObjectMapper json) {
        this.json = json;
    }

    /** What no id of a line of this moment or later is before. */
    public static String firstId(Instant time) {
        return STAMP.format(time.atOffset(UTC));
    }

    public LogRecord record(ResultSet row) throws SQLException {
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
