package io.ringcode.delivery.routing;

import io.ringcode.tenant.TenantId;

/** A tenant's account with a carrier. */
public record AccountKey(TenantId tenant, String carrier) {}
