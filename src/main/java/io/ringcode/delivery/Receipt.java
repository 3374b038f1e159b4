package io.ringcode.delivery;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier says became of one message.
 *
 * @param vendorId as in {@link SendResult.Accepted}
 * @param code the carrier's own word for why; null where it gives none
 * @param fault whose, where that is known; null also for trouble that may pass
 */
public record Receipt(
        String vendorId,
        State state,
        @Nullable String code,
        @Nullable Fault fault,
        @Nullable Price price) {

    /** In the order in which a message passes through them; the last three are ends. */
    public enum State {
        /** On its way in the carrier's network, or ringing. */
        SENT,
        DELIVERED,
        /** The network or the phone did not take it. */
        UNDELIVERED,
        /** The carrier gave up before it got that far. */
        FAILED
    }

    /** @param currency ISO 4217 */
    public record Price(BigDecimal amount, String currency) {}

    public static Receipt of(String vendorId, State state) {
        return new Receipt(vendorId, state, null, null, null);
    }

    public static Receipt of(String vendorId, State state, @Nullable String code, @Nullable Fault fault) {
        return new Receipt(vendorId, state, code, fault, null);
    }

    public Receipt costing(@Nullable Price price) {
        return new Receipt(vendorId, state, code, fault, price);
    }
}
