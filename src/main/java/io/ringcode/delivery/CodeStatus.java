package io.ringcode.delivery;

import io.ringcode.tenant.TenantId;

/**
 * Whether a code can still be typed: the outbox asks before each further attempt, so that no message goes out for a code
 * that is used. Implemented by the module that keeps the codes.
 */
public interface CodeStatus {
    /** @return false once it is spent, replaced by a newer one, expired or out of tries */
    boolean isLive(TenantId tenant, CodeRef code);
}
