package io.ringcode.user;

import java.util.regex.Pattern;

/** Hashes of passwords that were made elsewhere and can be checked here, at a cost that no import can drive up. */
public final class KnownHash {
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}");

    /** Argon2id and Argon2i in their usual text form, with at most 128 MiB and ten passes. */
    private static final Pattern ARGON2 = Pattern.compile(
            "\\$argon2id?\\$v=19\\$m=([0-9]{1,6}),t=([0-9]|10),p=[1-8]\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

    private static final int MOST_KIB = 131_072;

    private KnownHash() {}

    public static boolean is(String hash) {
        if (isBcrypt(hash)) return true;
        var argon2 = ARGON2.matcher(hash);
        return argon2.matches() && Integer.parseInt(argon2.group(1)) <= MOST_KIB;
    }

    static boolean isBcrypt(String hash) {
        return BCRYPT.matcher(hash).matches();
    }
}
