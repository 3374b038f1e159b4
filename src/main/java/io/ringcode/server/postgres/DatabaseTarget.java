package io.ringcode.server.postgres;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    private static final Pattern SEVERAL_HOSTS = Pattern.compile("(jdbc:postgresql://)([^/?,]+(?:,[^/?,]+)+)(.*)");

    static DatabaseTarget fixed(String url, @Nullable String username, @Nullable String password) {
        return new DatabaseTarget(url, username, new DatabasePassword.Fixed(password), Way.SESSION);
    }

    /** One for each host that the URL names, in its order. */
    List<DatabaseTarget> hosts() {
        var several = SEVERAL_HOSTS.matcher(url);
        if (!several.matches()) return List.of(this);
        return Stream.of(several.group(2).split(",", -1))
                .map(host -> new DatabaseTarget(several.group(1) + host + several.group(3), username, password, way))
                .toList();
    }

    DatabaseTarget by(Way way) {
        return new DatabaseTarget(url, username, password, way);
    }
}
