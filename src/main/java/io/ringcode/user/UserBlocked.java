package io.ringcode.user;

import io.ringcode.tenant.TenantId;

/** A user may not sign in any more until an administrator says otherwise. */
public record UserBlocked(TenantId tenant, UserId user) {}
