package io.ringcode.server.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Where the database is, as whom it is asked, and how that one proves it.
 *
 * @param way what stands between
 */
record DatabaseTarget(String url, @Nullable String username, DatabasePassword password, Way way) {
    enum Way {
        /** The session on the other side is ours for as long as the connection lasts; also through a proxy of TCP. */
        SESSION,
        /** A pooler, such as PgBouncer, which may have each transaction done by another session. */
        POOLER
    }

    static DatabaseTarget fixed(String url, @Nullable String username, @Nullable String password) {
        return new DatabaseTarget(url, username, new DatabasePassword.Fixed(password), Way.SESSION);
    }

    DatabaseTarget by(Way way) {
        return new DatabaseTarget(url, username, password, way);
    }
}
