package io.ringcode.secret;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Random ids and secrets, as text, from one cryptographic source. */
@Component
public final class RandomText {
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String MIXED = LETTERS_AND_DIGITS + "abcdefghijklmnopqrstuvwxyz";

    private final SecureRandom random = new SecureRandom();

    /** {@code bytes} random bytes as base64url. */
    public String base64(int bytes) {
        var value = new byte[bytes];
        random.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    /** Upper and lower case letters and digits: 5.95 bits each. */
    public String mixed(int length) {
        return of(MIXED, length);
    }

    /** Upper case letters and digits: 5.17 bits each. */
    public String upper(int length) {
        return of(LETTERS_AND_DIGITS, length);
    }

    /** Lower case hexadecimal digits: 4 bits each. */
    public String hex(int length) {
        return of("0123456789abcdef", length);
    }

    /** Base32 (RFC 4648 section 6): 5 bits each. */
    public String base32(int length) {
        return of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", length);
    }

    /** Decimal digits, each equally likely. */
    public String digits(int length) {
        return of("0123456789", length);
    }

    private String of(String alphabet, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        return text.toString();
    }
}
