package io.ringcode.user;

import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in, without the password.
 *
 * @param details what else is told of the person: {@code given_name}, {@code family_name}, {@code nickname},
 *     {@code picture}
 * @param stamp the security stamp: it changes when something is taken away that sign-ins stood on, such as the password;
 *     what was issued under another one is worth nothing any more
 * @param accessEndedAt access tokens of our own APIs that were issued until then are worth nothing; null for never
 */
public record User(
        TenantId tenant,
        UserId id,
        String connection,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String username,
        @Nullable String name,
        Map<String, String> details,
        boolean blocked,
        long stamp,
        @Nullable Instant accessEndedAt) {}
