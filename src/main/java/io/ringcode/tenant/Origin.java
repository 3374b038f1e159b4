package io.ringcode.tenant;

import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, for the log and the limits.
 *
 * @param ip the address that asked, or the one that a trusted application says its user has
 * @param endUser whether {@code ip} is the user's own; false where only an application's server is known, whose address
 *     says nothing of the person and must not be limited
 * @param host the host that was asked
 * @param languages that the person reads, as {@code Accept-Language} has them; null where nobody said
 */
public record Origin(
        String ip,
        boolean endUser,
        @Nullable String userAgent,
        String host,
        @Nullable String languages) {
    public Origin(String ip, boolean endUser, @Nullable String userAgent, String host) {
        this(ip, endUser, userAgent, host, null);
    }

    /** The address to count by; null where it is not known. */
    public @Nullable String userAddress() {
        return endUser ? ip : null;
    }
}
