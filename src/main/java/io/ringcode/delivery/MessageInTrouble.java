package io.ringcode.delivery;

import io.ringcode.tenant.TenantId;
import java.util.UUID;

/**
 * Event: a message should be replaced by another. Published outside of any transaction, and again until
 * {@link Deliveries#replace} has answered it or its code has died.
 */
public record MessageInTrouble(TenantId tenant, UUID message, TroubleReason why) {}
