package io.ringcode.batch;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The SQLSTATE behind a failure (PostgreSQL's appendix A). */
final class SqlState {
    private SqlState() {}

    /** @return null where the database did not say one */
    static @Nullable String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sql) return sql.getSQLState();
        return null;
    }
}
