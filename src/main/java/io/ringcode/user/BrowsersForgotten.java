package io.ringcode.user;

import io.ringcode.tenant.TenantId;

/** An administrator had the browsers forgotten that a user has signed in by. */
public record BrowsersForgotten(TenantId tenant, UserId user) {}
