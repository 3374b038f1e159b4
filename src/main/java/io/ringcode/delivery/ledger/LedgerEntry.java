package io.ringcode.delivery.ledger;

import io.ringcode.delivery.FailureCause;
import io.ringcode.phone.Channel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message in the history; never its text.
 *
 * @param state {@code queued}, {@code sending}, {@code accepted}, {@code delivered}, {@code undelivered}, {@code failed} or
 *     {@code expired}
 * @param provider the last one asked
 * @param to masked; null where the stored number cannot be read any more
 * @param replaces the message on the other channel that this one took over from
 * @param replacedWhy {@code failures}, {@code no_receipt} or {@code undelivered}
 * @param verifiedAt when its code was typed; null where it was not
 */
public record LedgerEntry(
        UUID id,
        String state,
        Channel channel,
        String provider,
        String user,
        @Nullable String client,
        String enrollment,
        @Nullable String country,
        String language,
        @Nullable String to,
        Instant createdAt,
        Instant expiresAt,
        @Nullable UUID replaces,
        @Nullable UUID replacedBy,
        @Nullable String replacedWhy,
        @Nullable Instant verifiedAt) {

    /**
     * One attempt: a request to a carrier, or the decision to ask none yet.
     *
     * @param result {@code accepted}, {@code unavailable}, {@code refused} or {@code waited}
     * @param said by the carrier in words; null where it said nothing
     * @param passedOver who came before it in the route and was not asked, each as {@code name:reason}
     * @param latencyMs until the carrier answered
     */
    public record Attempt(
            int number,
            String provider,
            String result,
            @Nullable String code,
            @Nullable String said,
            @Nullable FailureCause fault,
            @Nullable String vendorId,
            List<String> passedOver,
            int latencyMs,
            Instant at,
            List<ReceiptEntry> receipts) {}

    /**
     * A receipt.
     *
     * @param signed whether the carrier's signature proved it
     */
    public record ReceiptEntry(
            String state,
            @Nullable String code,
            @Nullable BigDecimal price,
            @Nullable String currency,
            boolean signed,
            Instant receivedAt) {}
}
