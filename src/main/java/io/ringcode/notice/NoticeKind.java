package io.ringcode.notice;

import java.util.Arrays;
import java.util.Optional;

/** What an account owner is told of. */
public enum NoticeKind {
    FACTOR_BOUND("factor-bound"),
    /** A label, or the channel that codes go by. */
    FACTOR_CHANGED("factor-changed"),
    FACTOR_REMOVED("factor-removed"),
    RECOVERY_CODE_USED("recovery-code-used"),
    RECOVERY_CODE_MADE("recovery-code-made"),
    /** Too many wrong codes. */
    FACTOR_LOCKED("factor-locked"),
    PASSWORD_CHANGED("password-changed"),
    /** A phone, by whoever has the password at least. */
    LOSS_REPORTED("loss-reported");

    private final String wire;

    NoticeKind(String wire) {
        this.wire = wire;
    }

    /** Its name in the settings, in the log and among the texts. */
    public String wire() {
        return wire;
    }

    public static Optional<NoticeKind> of(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
    }
}
