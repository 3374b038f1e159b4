package io.ringcode.user;

import io.ringcode.tenant.TenantId;

/** The owner of an account says that what was done to it was somebody else's doing. */
public record ActivityDenied(TenantId tenant, UserId user) {}
