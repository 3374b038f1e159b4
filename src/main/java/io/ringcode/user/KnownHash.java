package io.ringcode.user;

import java.util.regex.Pattern;

/** Hashes of passwords that were made elsewhere and can be checked here, at a cost that no import can drive up. */
public final class KnownHash {
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}");

    /** Argon2id and Argon2i in their usual text form. */
    private static final Pattern ARGON2 = Pattern.compile(
            "\\$argon2id?\\$v=19\\$m=([0-9]{1,6}),t=([1-9]|10),p=([1-8])\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

    /** KiB times passes, which is what an Argon2 hash takes in time: somewhat more than RFC 9106's second choice of 64 MiB. */
    private static final int MOST_WORK = 262_144;

    private static final HashRoom ROOM = HashRoom.ofThisMachine();

    private KnownHash() {}

    public static boolean is(String hash) {
        if (isBcrypt(hash)) return true;
        var digest = DigestHash.kib(hash);
        if (digest.isPresent()) return DigestHash.is(hash) && ROOM.fits(digest.get());
        var argon2 = ARGON2.matcher(hash);
        if (!argon2.matches()) return false;
        var kib = Integer.parseInt(argon2.group(1));
        var passes = Integer.parseInt(argon2.group(2));
        var lanes = Integer.parseInt(argon2.group(3));
        // Less than eight blocks a lane is no Argon2 (RFC 9106 section 3.1).
        return kib >= 8 * lanes && (long) kib * passes <= MOST_WORK && ROOM.fits(kib);
    }

    /** @return the memory in KiB that checking a hash of ours or a known one takes; little for bcrypt */
    static int kib(String hash) {
        var argon2 = ARGON2.matcher(hash);
        return argon2.matches()
                ? Integer.parseInt(argon2.group(1))
                : DigestHash.kib(hash).orElse(64);
    }

    static boolean isBcrypt(String hash) {
        return BCRYPT.matcher(hash).matches();
    }
}
