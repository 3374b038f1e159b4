package io.ringcode.delivery;

import io.ringcode.tenant.TenantId;

/**
 * Somebody reported in a carrier's name, and was not believed or heard. Of many such calls one a minute is told.
 *
 * @param reason in words, quoting nothing of the call
 */
public record ReceiptRefused(TenantId tenant, String carrier, Kind kind, String reason) {
    public enum Kind {
        FORGED,
        STALE,
        REPLAYED,
        UNREADABLE
    }
}
