package io.ringcode.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Locale;
import java.util.function.LongPredicate;

/**
 * A Bloom filter of the passwords that most people choose: those of the list are in it, and of all others one in some 80,000. What it
 * was made from, and how to make it anew, is in docs/decisions/0015-common-passwords.md.
 */
final class CommonPasswords {
    /** 288 KiB: 23.6 bits for each of 100,000 passwords. */
    static final int BYTES = 288 * 1024;

    /** The best number for that size: 23.6 ln 2. */
    static final int HASHES = 16;

    private static final long BITS = BYTES * 8L;

    private static final class Shipped {
        static final CommonPasswords ONE = read();

        private static CommonPasswords read() {
            try (var file = CommonPasswords.class.getResourceAsStream("common-passwords.bloom")) {
                if (file == null) throw new IllegalStateException("The filter of common passwords is missing");
                return new CommonPasswords(file.readAllBytes());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    private final byte[] filter;

    private CommonPasswords(byte[] filter) {
        if (filter.length != BYTES) throw new IllegalArgumentException("A filter of common passwords is of one size");
        this.filter = filter;
    }

    static CommonPasswords shipped() {
        return Shipped.ONE;
    }

    static CommonPasswords of(Collection<String> passwords) {
        var made = new CommonPasswords(new byte[BYTES]);
        for (var password : passwords)
            allBits(password, bit -> {
                made.filter[(int) (bit >> 3)] |= (byte) (1 << (bit & 7));
                return true;
            });
        return made;
    }

    /** Whatever the case of its letters: who guesses tries those too. */
    boolean contains(String password) {
        return allBits(password, bit -> (filter[(int) (bit >> 3)] & 1 << (bit & 7)) != 0);
    }

    byte[] bytes() {
        return filter.clone();
    }

    /** The form in which passwords are compared. */
    static String form(String password) {
        return Passwords.form(password).toLowerCase(Locale.ROOT);
    }

    /** Two hashes make all of them (Kirsch and Mitzenmacher, "Less hashing, same performance"). */
    private static boolean allBits(String password, LongPredicate bits) {
        var hash = ByteBuffer.wrap(sha256(form(password)));
        var first = hash.getLong();
        var second = hash.getLong();
        for (int i = 0; i < HASHES; i++) if (!bits.test(Math.floorMod(first + i * second, BITS))) return false;
        return true;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }
}
