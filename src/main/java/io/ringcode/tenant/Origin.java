package io.ringcode.tenant;

import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, for the log and the limits.
 *
 * @param ip the end user's address; null when only an application's own server is known, whose address says nothing
 * @param host the host that was asked, with its port where it is not the scheme's own
 */
public record Origin(@Nullable String ip, @Nullable String userAgent, String host) {
    /** For what the server does by itself. */
    public static final Origin SERVER = new Origin(null, null, "");
}
