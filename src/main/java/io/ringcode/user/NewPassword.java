package io.ringcode.user;

import org.jspecify.annotations.Nullable;

/** The rule for a password that somebody sets, the same at every door (NIST SP 800-63B-4 section 3.1.1.2). */
public final class NewPassword {
    /** Why a password cannot be set. */
    public enum Refusal {
        TOO_SHORT,
        TOO_LONG,
        /** Among those that are tried first. */
        COMMON
    }

    private NewPassword() {}

    /** @return null where it may be set */
    public static @Nullable Refusal refusal(String password) {
        if (PasswordLength.tooShort(password)) return Refusal.TOO_SHORT;
        if (PasswordLength.tooLong(password)) return Refusal.TOO_LONG;
        return CommonPasswords.shipped().contains(password) ? Refusal.COMMON : null;
    }
}
