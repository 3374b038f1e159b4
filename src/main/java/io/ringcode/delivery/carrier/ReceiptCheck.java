package io.ringcode.delivery.carrier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of checking a carrier's webhook call. Reasons are for the log and quote nothing of the call. */
public sealed interface ReceiptCheck {
    /** The HTTP response to the carrier. */
    Reply reply();

    /**
     * The call is the carrier's.
     *
     * @param receipts what it reports; none for a call that only asks something
     * @param signed false where the carrier signs nothing, and knowing the address is the only proof: such a receipt may
     *     count for statistics and fail-over, and no more
     * @param replayId the same again is a repetition; null where the carrier gives no such id, and a repetition is harmless
     */
    record Genuine(
            List<Receipt> receipts,
            Reply reply,
            boolean signed,
            @Nullable String replayId) implements ReceiptCheck {
        public Genuine {
            receipts = receipts.stream().filter(Receipt::isOfAMessage).toList();
        }

        public static Genuine signed(List<Receipt> receipts) {
            return new Genuine(receipts, Reply.OK, true, null);
        }

        public static Genuine unsigned(List<Receipt> receipts) {
            return new Genuine(receipts, Reply.OK, false, null);
        }

        /** A question during a call, and its answer. */
        public static Genuine answer(Reply reply) {
            return new Genuine(List.of(), reply, true, null);
        }

        public Genuine onceOnly(String id) {
            return new Genuine(receipts, reply, signed, id);
        }
    }

    /** The call is not the carrier's, or was changed on the way. */
    record Forged(String reason, Reply reply) implements ReceiptCheck {
        public Forged(String reason) {
            this(reason, Reply.FORBIDDEN);
        }
    }

    /** The carrier's, but older or newer than its scheme allows: perhaps recorded by somebody. */
    record Stale(String reason) implements ReceiptCheck {
        @Override
        public Reply reply() {
            return Reply.FORBIDDEN;
        }
    }

    /** The call seems to be the carrier's, and is not understood. */
    record Unreadable(String reason) implements ReceiptCheck {
        @Override
        public Reply reply() {
            return Reply.BAD_REQUEST;
        }
    }

    /** An HTTP answer. */
    record Reply(int status, @Nullable String contentType, String body) {
        public static final Reply OK = new Reply(200, null, "");
        public static final Reply BAD_REQUEST = new Reply(400, null, "");
        public static final Reply FORBIDDEN = new Reply(403, null, "");
        public static final Reply COME_AGAIN = new Reply(503, null, "");
    }
}
