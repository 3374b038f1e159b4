package io.ringcode.delivery.ledger;

import io.ringcode.delivery.AttemptResult;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.SkippedCarrier;
import io.ringcode.delivery.TroubleReason;
import io.ringcode.phone.Channel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message in the history; never its text.
 *
 * @param provider the last one asked
 * @param to masked; null where the stored number cannot be read any more
 * @param replaces the message on the other channel that this one took over from
 * @param verifiedAt when its code was typed; null where it was not
 */
public record LedgerEntry(
        UUID id,
        MessageState state,
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
        @Nullable TroubleReason replacedWhy,
        @Nullable Instant verifiedAt) {

    /**
     * One attempt: a request to a carrier, or the decision to ask none yet.
     *
     * @param said by the carrier in words; null where it said nothing
     * @param passedOver who came before it in the route and was not asked
     * @param latencyMs until the carrier answered
     */
    public record Attempt(
            int number,
            String provider,
            AttemptResult result,
            @Nullable String code,
            @Nullable String said,
            @Nullable FailureCause fault,
            @Nullable String vendorId,
            List<SkippedCarrier> passedOver,
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
