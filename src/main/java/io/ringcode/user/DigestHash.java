package io.ringcode.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Password hashes of other systems by PBKDF2, scrypt or a salted digest, in one text form each (Base64 without padding):
 * {@code $pbkdf2-sha256$i=600000$SALT$HASH}, {@code $scrypt$n=16384,r=8,p=1$SALT$HASH}, {@code $sha256$prefix$SALT$HASH}.
 */
final class DigestHash {
    private static final String TWO = "\\$([A-Za-z0-9+/]{0,1400})\\$([A-Za-z0-9+/]{16,172})";
    private static final Pattern PBKDF2 = Pattern.compile("\\$pbkdf2-(sha1|sha256|sha512)\\$i=([1-9][0-9]{0,6})" + TWO);
    private static final Pattern SCRYPT =
            Pattern.compile("\\$scrypt\\$n=([1-9][0-9]{0,6}),r=([1-9][0-9]?),p=([1-9][0-9]?)" + TWO);
    private static final Pattern SHA = Pattern.compile("\\$(sha1|sha256|sha512)\\$(prefix|suffix)" + TWO);

    /** Rounds of HMAC: OWASP's advice for SHA-1 is 1,300,000, for SHA-256 600,000; about a second. */
    private static final long MOST_ROUNDS = 1_400_000;

    /** Cost times block size times parallelization: OWASP's first choice, 2^17 with blocks of 8. */
    private static final long MOST_BLOCKS = 1 << 20;

    private DigestHash() {}

    /** Whether it is such a hash, of a cost that a sign-in bears. */
    static boolean is(String hash) {
        var pbkdf2 = PBKDF2.matcher(hash);
        if (pbkdf2.matches()) {
            var blocks = 1 + (bytes(pbkdf2.group(4)).length - 1) / size(pbkdf2.group(1));
            return !pbkdf2.group(3).isEmpty() && Long.parseLong(pbkdf2.group(2)) * blocks <= MOST_ROUNDS;
        }
        var scrypt = SCRYPT.matcher(hash);
        if (scrypt.matches()) {
            var cost = Long.parseLong(scrypt.group(1));
            return cost > 1 && Long.bitCount(cost) == 1 && cost * number(scrypt, 2) * number(scrypt, 3) <= MOST_BLOCKS;
        }
        var sha = SHA.matcher(hash);
        return sha.matches() && bytes(sha.group(4)).length == size(sha.group(1));
    }

    /** @return the memory in KiB that checking it takes; empty where it is no such hash */
    static Optional<Integer> kib(String hash) {
        var scrypt = SCRYPT.matcher(hash);
        if (scrypt.matches())
            return Optional.of((int) (Long.parseLong(scrypt.group(1)) * number(scrypt, 2) * 128 / 1024 + 64));
        return PBKDF2.matcher(hash).matches() || SHA.matcher(hash).matches() ? Optional.of(64) : Optional.empty();
    }

    static boolean matches(String password, String hash) {
        var right = Base64.getDecoder().decode(hash.substring(hash.lastIndexOf('$') + 1));
        return MessageDigest.isEqual(right, computed(password, hash, right.length));
    }

    private static byte[] computed(String password, String hash, int length) {
        try {
            var pbkdf2 = PBKDF2.matcher(hash);
            if (pbkdf2.matches())
                return SecretKeyFactory.getInstance(
                                "PBKDF2WithHmac" + pbkdf2.group(1).toUpperCase(Locale.ROOT))
                        .generateSecret(new PBEKeySpec(
                                password.toCharArray(), bytes(pbkdf2.group(3)), number(pbkdf2, 2), length * 8))
                        .getEncoded();
            var scrypt = SCRYPT.matcher(hash);
            if (scrypt.matches())
                return SCrypt.generate(
                        password.getBytes(UTF_8),
                        bytes(scrypt.group(4)),
                        number(scrypt, 1),
                        number(scrypt, 2),
                        number(scrypt, 3),
                        length);
            var sha = SHA.matcher(hash);
            if (!sha.matches()) throw new IllegalArgumentException("Not such a hash");
            var all = new ByteArrayOutputStream();
            if (sha.group(2).equals("prefix")) all.writeBytes(bytes(sha.group(3)));
            all.writeBytes(password.getBytes(UTF_8));
            if (sha.group(2).equals("suffix")) all.writeBytes(bytes(sha.group(3)));
            return MessageDigest.getInstance(sha.group(1).replace("sha", "SHA-"))
                    .digest(all.toByteArray());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java lacks an algorithm", impossible);
        }
    }

    /** @return bytes of what the digest makes */
    private static int size(String digest) {
        return switch (digest) {
            case "sha1" -> 20;
            case "sha256" -> 32;
            case "sha512" -> 64;
            default -> throw new IllegalArgumentException("No digest is called " + digest);
        };
    }

    private static int number(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text);
    }
}
