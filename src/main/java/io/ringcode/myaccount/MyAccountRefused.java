package io.ringcode.myaccount;

import java.time.Duration;

/** A refusal on its way to the caller. Its sentence never repeats what was sent. */
final class MyAccountRefused extends RuntimeException {
    private final transient MyAccountError error;
    private final transient Duration retryAfter;

    MyAccountRefused(MyAccountError error, String detail) {
        this(error, detail, Duration.ZERO);
    }

    MyAccountRefused(MyAccountError error, String detail, Duration retryAfter) {
        super(detail, null, false, false);
        this.error = error;
        this.retryAfter = retryAfter;
    }

    static MyAccountRefused missing() {
        return new MyAccountRefused(MyAccountError.NOT_FOUND, "The authentication method does not exist.");
    }

    MyAccountError error() {
        return error;
    }

    String detail() {
        var detail = getMessage();
        return detail == null ? error.title() : detail;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
