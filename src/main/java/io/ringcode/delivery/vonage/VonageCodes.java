package io.ringcode.delivery.vonage;

import io.ringcode.delivery.FailureCause;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Vonage's error codes, which differ by API. */
final class VonageCodes {
    /** SMS API: throttled, internal error, too many binds. */
    private static final Set<Integer> SMS_BUSY = Set.of(1, 5, 10);

    private static final Set<Integer> MESSAGES_BUSY =
            Set.of(1000, 1030, 1100, 1180, 1220, 1230, 1241, 1290, 1330, 1331, 1360, 1472);

    private VonageCodes() {}

    static boolean isSmsBusy(int status) {
        return SMS_BUSY.contains(status);
    }

    static FailureCause ofSms(int status) {
        return switch (status) {
            case 6, 33 -> FailureCause.NUMBER;
            case 7 -> FailureCause.OPT_OUT;
            case 4, 8, 9, 11, 14, 32 -> FailureCause.ACCOUNT;
            case 2, 3, 12, 23 -> FailureCause.REQUEST;
            default -> FailureCause.VENDOR; // 15: the sender; 22, 29
        };
    }

    /** {@code err-code} of an SMS API receipt; null where it may pass. */
    static @Nullable FailureCause ofReceipt(int error) {
        return switch (error) {
            case 3, 12 -> FailureCause.NUMBER;
            case 4, 9 -> FailureCause.OPT_OUT;
            case 10 -> FailureCause.REQUEST;
            case 6, 11, 13, 14, 50, 51, 52, 53, 54 -> FailureCause.VENDOR;
            default -> null;
        };
    }

    static boolean isMessagesBusy(int code) {
        return MESSAGES_BUSY.contains(code);
    }

    static FailureCause ofMessages(int code) {
        return switch (code) {
            case 1040, 1170, 1190, 1260, 1300, 1310, 1430 -> FailureCause.NUMBER;
            case 1050, 1240 -> FailureCause.OPT_OUT;
            case 401, 402, 1060, 1070, 1080, 1160, 1460 -> FailureCause.ACCOUNT;
            case 1010, 1020, 1021, 1022, 1090, 1130, 1150, 1320, 1400, 1410, 1440, 1450 -> FailureCause.REQUEST;
            default -> FailureCause.VENDOR;
        };
    }

    /** {@code detail} of a call's event; null where it may pass. */
    static @Nullable FailureCause ofCall(String detail) {
        return switch (detail) {
            case "invalid_number", "number_out_of_service" -> FailureCause.NUMBER;
            case "declined" -> FailureCause.OPT_OUT;
            case "cannot_route", "restricted" -> FailureCause.VENDOR;
            default -> null;
        };
    }
}
