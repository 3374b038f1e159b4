package io.ringcode.user;

import io.ringcode.tenant.TenantId;

/** A user has another password from now on. */
public record PasswordChanged(TenantId tenant, UserId user) {}
