package io.ringcode.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The SQLSTATE behind a failure (PostgreSQL's appendix A). */
public final class SqlState {
    /** A lock was not given in time. */
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    private SqlState() {}

    /** @return null where the database did not say one */
    public static @Nullable String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sql && sql.getSQLState() != null) return sql.getSQLState();
        return null;
    }
}
