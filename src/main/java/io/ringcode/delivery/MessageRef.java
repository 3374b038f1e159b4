package io.ringcode.delivery;

import io.ringcode.tenant.TenantId;
import java.util.UUID;

/** A message's key in the outbox. */
public record MessageRef(TenantId tenant, UUID id) {}
