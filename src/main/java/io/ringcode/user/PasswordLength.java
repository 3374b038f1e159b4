package io.ringcode.user;

/** How long a password may be, in characters as people count them. */
public final class PasswordLength {
    /** NIST SP 800-63B-4 section 3.1.1.2, for a password beside a second factor. */
    public static final int SHORTEST = 8;

    /** Longer ones would only cost: the hash is the same size. */
    public static final int LONGEST = 512;

    private PasswordLength() {}

    static boolean tooShort(String password) {
        return of(password) < SHORTEST;
    }

    static boolean tooLong(String password) {
        return of(password) > LONGEST;
    }

    private static int of(String password) {
        return password.codePointCount(0, password.length());
    }
}
