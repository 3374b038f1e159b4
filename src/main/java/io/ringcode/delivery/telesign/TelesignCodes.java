package io.ringcode.delivery.telesign;

import io.ringcode.delivery.FailureCause;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** TeleSign's transaction status codes and error codes (its Swagger documents of SMS and Voice). */
final class TelesignCodes {
    static final int ANSWERED = 100;
    static final int DELIVERED = 200;
    private static final int UNKNOWN = 250;
    /** Delivered, at the gateway, unknown, in progress, queued; a call in progress or answered. */
    private static final Set<Integer> ON_ITS_WAY = Set.of(ANSWERED, 103, DELIVERED, 203, UNKNOWN, 290, 291, 292, 295);

    private static final Set<Integer> BUSY =
            Set.of(10019, 10020, 500, 503, 505, 207, 210, 221, 511, 512, 513, 514, 101, 106, 107);

    private TelesignCodes() {}

    static boolean isOnItsWay(int code) {
        return ON_ITS_WAY.contains(code);
    }

    /** A nonce used before, or a date that is none or too far away. */
    static boolean isUntimely(int code) {
        return code >= 10002 && code <= 10005;
    }

    static boolean isBusy(int code) {
        return BUSY.contains(code);
    }

    static FailureCause fault(int code) {
        if (isUntimely(code) || (code >= 11003 && code <= 12017)) return FailureCause.REQUEST;
        return switch (code) {
            case 11000, 11001, 222, 211, 507, 286, 104 -> FailureCause.NUMBER;
            case 510, 229 -> FailureCause.OPT_OUT;
            case 10008, 10012, 10013, 10014, 10015, 10030, 10031, 10033, 10035 -> FailureCause.ACCOUNT;
            default -> FailureCause.VENDOR;
        };
    }

    /** In a report; null where it may pass. */
    static @Nullable FailureCause lasting(int code) {
        return isBusy(code) ? null : fault(code);
    }
}
