package io.ringcode.user;

import io.ringcode.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/** A person who signs in, without the password. */
public record User(
        TenantId tenant,
        UserId id,
        String connection,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String username,
        @Nullable String name,
        boolean blocked) {}
