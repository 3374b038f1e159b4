package io.ringcode.delivery;

import io.ringcode.tenant.TenantId;

/**
 * Event: a receipt webhook call was refused. Of many such calls one a minute is published.
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
