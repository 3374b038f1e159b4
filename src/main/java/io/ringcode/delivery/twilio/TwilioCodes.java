package io.ringcode.delivery.twilio;

import io.ringcode.delivery.FailureCause;
import java.util.Set;

/** Twilio's error dictionary, as far as sending a code can meet it. */
final class TwilioCodes {
    /** Sender queue full, message rate exceeded, concurrency; too many requests; their own trouble. */
    private static final Set<Integer> BUSY = Set.of(21611, 14107, 10004, 20429, 20500, 20503);

    private TwilioCodes() {}

    static boolean isBusy(int code) {
        return BUSY.contains(code);
    }

    static FailureCause fault(int code) {
        return switch (code) {
            // not a number, not a mobile, a landline
            case 21211, 21214, 21217, 21614, 21635 -> FailureCause.NUMBER;
            // the recipient answered STOP
            case 21610 -> FailureCause.OPT_OUT;
            // credentials, suspended or closed account, trial limits, daily limit
            case 20003, 20005, 10001, 21608, 21219, 63038 -> FailureCause.ACCOUNT;
            // what we should never have sent
            case 20001, 20404, 21602, 21603, 21604, 21617, 21619, 21201, 21205, 21213, 12100 -> FailureCause.REQUEST;
            // country or route not enabled, sender not allowed, blocked, and every code nobody here knows
            default -> FailureCause.VENDOR;
        };
    }
}
