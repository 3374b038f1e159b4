package io.ringcode.user;

import io.ringcode.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A user has another password from now on.
 *
 * @param languages that whoever changed it reads, as {@code Accept-Language} has them; null where nobody knows
 */
public record PasswordChanged(
        TenantId tenant, UserId user, @Nullable String languages) {}
