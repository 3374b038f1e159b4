package io.ringcode.server.postgres;

import io.ringcode.server.postgres.DatabaseTarget.Way;
import io.ringcode.server.settings.StartRefused;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's PostgreSQL, tried once before anything is built on it. */
final class ExternalDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalDatabase.class);
    private static final int OLDEST_MAJOR_VERSION = 15;
    private static final String TLS =
            "RINGCODE_DATABASE_URL: TLS to the database fails: check that it has TLS (ssl = on), that sslrootcert names the"
                    + " certificate of its authority, and that its certificate is for the host that the URL names";

    private static final Pattern ASKS_FOR_TLS = Pattern.compile("[?&](sslmode=(require|verify-)|ssl=true)");

    private ExternalDatabase() {}

    /**
     * @return the same, with what stands before it
     * @throws StartRefused saying whether it is the address, the password or the database
     */
    static DatabaseTarget require(DatabaseTarget database) {
        try (var connection = PostgresConnections.open(database, ConnectionTimes.OF_STARTS)) {
            var version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_MAJOR_VERSION)
                throw new StartRefused(
                        1,
                        "RINGCODE_DATABASE_URL: PostgreSQL " + version + " is too old, it must be "
                                + OLDEST_MAJOR_VERSION + " or newer");
            var parameters = connection.unwrap(PGConnection.class);
            if ("on".equals(parameters.getParameterStatus("default_transaction_read_only")))
                throw new SQLException("It takes no writes", "25006");
            if (session(connection) == parameters.getBackendPID()) return database.by(Way.SESSION);
            LOG.info(
                    "A pooler stands before the database: statements are not prepared (prepareThreshold=0), and time-outs are"
                            + " those of the role (ALTER ROLE ... SET statement_timeout)");
            return database.by(Way.POOLER);
        } catch (SQLException failure) {
            throw new StartRefused(code(failure), isOfTls(failure, database) ? TLS : complaint(failure));
        }
    }

    /** A pooler gives its clients numbers of its own; the session that does the work has another. */
    private static int session(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** The driver has no SQLSTATE for it: those of a database that does not answer, or refuses. */
    private static boolean isOfTls(SQLException failure, DatabaseTarget database) {
        var unreached = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) return true;
            unreached |= cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException;
        }
        return !unreached
                && failure instanceof PSQLException told
                && told.getServerErrorMessage() == null
                && Set.of("08001", "08004", "08006").contains("" + failure.getSQLState())
                && ASKS_FOR_TLS.matcher(database.url()).find();
    }

    /** By SQLSTATE (PostgreSQL's appendix A). The driver's own words may quote the URL, so they are not repeated. */
    private static String complaint(SQLException failure) {
        var state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "28P01", "28000", "08004" ->
                "RINGCODE_DATABASE_USERNAME, RINGCODE_DATABASE_PASSWORD (or its _FILE or _COMMAND): the database refuses this user or password";
            case "3D000" -> "RINGCODE_DATABASE_URL: there is no such database on that server; create it first";
            case "08001", "08006" ->
                "RINGCODE_DATABASE_URL: no database answers there; check host, port and that it is running";
            case "25006" ->
                "RINGCODE_DATABASE_URL: the database is a standby or read-only; name the primary, or all"
                        + " hosts with ?targetServerType=primary, or end what made it read-only (SHOW"
                        + " default_transaction_read_only)";
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
