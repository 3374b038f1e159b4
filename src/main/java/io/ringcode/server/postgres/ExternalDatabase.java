package io.ringcode.server.postgres;

import io.ringcode.server.settings.StartRefused;
import java.sql.SQLException;
import java.util.Set;

/** The operator's PostgreSQL, tried once before anything is built on it. */
final class ExternalDatabase {
    private static final int OLDEST_MAJOR_VERSION = 15;

    private ExternalDatabase() {}

    /** @throws StartRefused saying whether it is the address, the password or the database */
    static void require(DatabaseTarget database) {
        try (var connection = PostgresConnections.open(database, ConnectionTimes.OF_REQUESTS)) {
            var version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_MAJOR_VERSION)
                throw new StartRefused(
                        1,
                        "RINGCODE_DATABASE_URL: PostgreSQL " + version + " is too old, it must be "
                                + OLDEST_MAJOR_VERSION + " or newer");
        } catch (SQLException failure) {
            throw new StartRefused(code(failure), complaint(failure));
        }
    }

    /** By SQLSTATE (PostgreSQL's appendix A). The driver's own words may quote the URL, so they are not repeated. */
    private static String complaint(SQLException failure) {
        var state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "28P01", "28000", "08004" ->
                "RINGCODE_DATABASE_USERNAME, RINGCODE_DATABASE_PASSWORD: the database refuses this user or password";
            case "3D000" -> "RINGCODE_DATABASE_URL: there is no such database on that server; create it first";
            case "08001", "08006" ->
                "RINGCODE_DATABASE_URL: no database answers there; check host, port and that it is running";
            case "25006" ->
                "RINGCODE_DATABASE_URL: the database is a standby; name the primary, or all hosts with"
                        + " ?targetServerType=primary";
            case "53300" -> "RINGCODE_DATABASE_URL: the database has no connection left; raise its max_connections";
            case "57P03" -> "RINGCODE_DATABASE_URL: the database is starting or stopping; try again";
            default -> "RINGCODE_DATABASE_URL: the database cannot be used (SQLSTATE " + state + ")";
        };
    }

    /** What passes by itself is worth another start. */
    private static int code(SQLException failure) {
        return Set.of("25006", "53300", "57P03").contains("" + failure.getSQLState()) ? 75 : 1;
    }
}
