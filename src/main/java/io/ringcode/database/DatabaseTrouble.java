package io.ringcode.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Failures that are the database's own trouble, which no caller is to blame for: by SQLSTATE (PostgreSQL's appendix A). Whoever
 * asked is answered 503 and may ask again.
 */
public enum DatabaseTrouble {
    /** No connection is to be had, or the one in use broke; also a password that is refused, or a database that is not there. */
    UNREACHABLE("no connection"),
    /** A standby, or a primary that was demoted or closed for writing. */
    READ_ONLY("read-only"),
    /** No disk, memory or connection left, or a disk that fails. */
    FULL("no room"),
    /** A statement, a lock or a transaction that took too long. */
    SLOW("too slow");

    /** When it is worth trying again. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** What whoever called is told. */
    public static final String SENTENCE = "The server cannot reach its data right now. Try again in a moment.";

    private final String words;

    DatabaseTrouble(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** @return null for any other failure */
    public static @Nullable DatabaseTrouble of(Throwable failure) {
        var unconnected = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) return ofState(sql.getSQLState());
            // A pool that gave none in time, and a connection that the pool has closed, have no SQLSTATE.
            unconnected |= cause instanceof SQLTransientConnectionException
                    || cause instanceof CannotGetJdbcConnectionException
                    || cause instanceof CannotCreateTransactionException
                    || (cause instanceof SQLException closed && "Connection is closed".equals(closed.getMessage()));
        }
        return unconnected ? UNREACHABLE : null;
    }

    public static boolean isMeantBy(Throwable failure) {
        return of(failure) != null;
    }

    public static @Nullable DatabaseTrouble ofState(String state) {
        return switch (state) {
            case "25006" -> READ_ONLY;
            case "57014", SqlState.LOCK_NOT_AVAILABLE, "25P03", "25P04" -> SLOW;
            case "3D000", "57P01", "57P02", "57P03", "57P04", "57P05" -> UNREACHABLE;
            default ->
                switch (state.substring(0, Math.min(2, state.length()))) {
                    case "08", "28" -> UNREACHABLE;
                    case "53", "58" -> FULL;
                    // Class 54, a limit of the program such as the size of an index row, is the caller's own.
                    default -> null;
                };
        };
    }

    /** Whether a connection is of no use any more to whoever comes next. */
    public static boolean endsConnection(SQLException failure) {
        var trouble = failure.getSQLState() == null ? null : ofState(failure.getSQLState());
        return trouble == UNREACHABLE || trouble == READ_ONLY || "25P03".equals(failure.getSQLState());
    }
}
