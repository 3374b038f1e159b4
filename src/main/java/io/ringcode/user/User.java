package io.ringcode.user;

import io.ringcode.tenant.TenantId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in, without the password.
 *
 * @param details what else is told of the person: {@code given_name}, {@code family_name}, {@code nickname},
 *     {@code picture}
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
        boolean blocked) {}
