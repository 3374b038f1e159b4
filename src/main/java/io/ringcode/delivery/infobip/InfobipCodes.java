package io.ringcode.delivery.infobip;

import io.ringcode.delivery.FailureCause;
import org.jspecify.annotations.Nullable;

/** Infobip's statuses and errors (its page "Response status and error codes"), as far as sending a code meets them. */
final class InfobipCodes {
    static final int ACCEPTED = 0;
    static final int PENDING = 1;
    static final int UNDELIVERABLE = 2;
    static final int DELIVERED = 3;
    static final int EXPIRED = 4;
    static final int REJECTED = 5;
    /** A status: our id was used before, so an earlier attempt did arrive. */
    static final int ALREADY_TAKEN = 23;

    private InfobipCodes() {}

    static boolean isBusy(int status) {
        return status == 20 || status == 21 || status == 100;
    }

    static FailureCause ofStatus(int status) {
        return switch (status) {
            case 8, 51, 52 -> FailureCause.NUMBER;
            case 10, 14 -> FailureCause.OPT_OUT;
            case 12, 17, 18 -> FailureCause.ACCOUNT;
            case 24, 25, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 91 -> FailureCause.REQUEST;
            default -> FailureCause.VENDOR;
        };
    }

    /** An error in a report; null where it may pass. */
    static @Nullable FailureCause ofError(int error) {
        return switch (error) {
            case 1, 9, 11, 12, 629, 568, 569, 3041, 351, 352, 10303, 10305 -> FailureCause.NUMBER;
            case 573, 2052, 604, 10203 -> FailureCause.OPT_OUT;
            case 433, 577, 578, 579, 580, 10301, 10302 -> FailureCause.ACCOUNT;
            case 323, 355, 4096, 10306, 10400, 10401, 10402 -> FailureCause.REQUEST;
            case 560, 561, 562, 566, 375, 603, 607, 608, 609, 632, 2050, 2053, 4202 -> FailureCause.VENDOR;
            case 10100, 10300, 10304, 10313 -> FailureCause.VENDOR;
            default -> null;
        };
    }
}
