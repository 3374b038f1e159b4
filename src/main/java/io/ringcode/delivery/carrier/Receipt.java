package io.ringcode.delivery.carrier;

import io.ringcode.delivery.FailureCause;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A delivery receipt: what a carrier reports of one message.
 *
 * @param vendorId as in {@link SendResult.Accepted}
 * @param code the carrier's own word for why; null where it gives none, or something that is no code: it could be a text
 *     with a number in it, and callers of unsigned addresses choose it
 * @param price null where it says none, or one that no message costs
 * @param fault whose, where that is known; null also for trouble that may pass
 */
public record Receipt(
        String vendorId,
        State state,
        @Nullable String code,
        @Nullable FailureCause fault,
        @Nullable Price price) {

    private static final Pattern ID = Pattern.compile("[!-~]{1,200}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}|[0-9]{1,6}");

    public Receipt {
        if (code != null && !CODE.matcher(code).matches()) code = null;
        if (price != null && !price.isPossible()) price = null;
    }

    /** Whether the id is one that a carrier could have given; a receipt with another is about no message. */
    boolean isOfAMessage() {
        return ID.matcher(vendorId).matches();
    }

    /** In the order in which a message passes through them; all but the first are ends. */
    public enum State {
        /** On its way in the carrier's network, or ringing. */
        SENT,
        /** The network has it, and the carrier says that it will report no more: as good an end as that carrier has there. */
        SENT_FINAL,
        DELIVERED,
        /** The network or the phone did not take it. */
        UNDELIVERED,
        /** The carrier gave up before it got that far. */
        FAILED
    }

    /** @param currency ISO 4217 */
    public record Price(BigDecimal amount, String currency) {
        private static final int MOST_DIGITS = 20;
        private static final BigDecimal MOST = new BigDecimal(1_000_000);

        /** Callers choose the exponent, and arithmetic with a huge one takes as much memory. */
        private boolean isPossible() {
            return Math.abs(amount.scale()) <= MOST_DIGITS
                    && amount.precision() <= MOST_DIGITS
                    && amount.abs().compareTo(MOST) <= 0
                    && currency.matches("[A-Z]{3}");
        }
    }

    public static Receipt of(String vendorId, State state) {
        return new Receipt(vendorId, state, null, null, null);
    }

    public static Receipt of(String vendorId, State state, @Nullable String code, @Nullable FailureCause fault) {
        return new Receipt(vendorId, state, code, fault, null);
    }

    public Receipt costing(@Nullable Price price) {
        return new Receipt(vendorId, state, code, fault, price);
    }
}
