package io.ringcode.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a script's words what must not be kept: its secrets, the code and the number of the call, also in the
 * spellings that logs of HTTP clients give them.
 */
final class Masking {
    private static final String HIDDEN = "•••";
    /** Shorter ones would hide ordinary words, and hide nothing by it. */
    private static final int SHORTEST_SECRET = 4;
    /** So many digits of a number tell whose it is, whatever stands before them. */
    private static final int TELLING_DIGITS = 7;

    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)\\b(basic|bearer|app|apikey|key)(\\s+)[a-z0-9+/=._~-]{8,}");

    private final List<String> words;
    private final List<Pattern> digits;

    Masking(Collection<String> secrets, @Nullable String code, @Nullable String e164) {
        this.words = new ArrayList<>();
        for (var secret : secrets) {
            if (secret.length() < SHORTEST_SECRET) continue;
            words.add(secret);
            words.add(URLEncoder.encode(secret, UTF_8));
            words.add(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
        }
        // A secret may hold another one: the longer goes first.
        words.sort((one, other) -> other.length() - one.length());
        this.digits = new ArrayList<>();
        if (code != null && !code.isEmpty()) digits.add(spaced(code, ""));
        if (e164 != null && e164.length() > TELLING_DIGITS) {
            var all = e164.replaceAll("\\D", "");
            var telling = all.substring(Math.max(0, all.length() - TELLING_DIGITS));
            digits.add(spaced(telling, "(?:\\+|00)?(?:\\d[ ().\\-/]{0,3}){0,8}?"));
        }
    }

    /** The digits, with whatever may stand between two of them when they are written or spoken one by one. */
    private static Pattern spaced(String number, String before) {
        var digits = number.chars().mapToObj(Character::toString).toList();
        return Pattern.compile("(?<!\\d)" + before + String.join("[ ,.()\\-/]{0,3}", digits) + "(?!\\d)");
    }

    String mask(String text) {
        var masked = text;
        for (var word : words) masked = masked.replace(word, HIDDEN);
        masked = CREDENTIALS.matcher(masked).replaceAll("$1$2" + HIDDEN);
        for (var pattern : digits) masked = pattern.matcher(masked).replaceAll(HIDDEN);
        return masked;
    }
}
