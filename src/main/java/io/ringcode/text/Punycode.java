package io.ringcode.text;

import java.util.Optional;

/** Reads Punycode, the letters of domain names in ASCII (RFC 3492). */
public final class Punycode {
    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CHARACTER = 128;

    private Punycode() {}

    /** @param label without {@code xn--}; @return empty for what is no Punycode */
    public static Optional<String> decoded(String label) {
        var dash = label.lastIndexOf('-');
        var read = new StringBuilder(dash < 0 ? "" : label.substring(0, dash));
        long character = FIRST_CHARACTER;
        long place = 0;
        var bias = FIRST_BIAS;
        for (int at = dash + 1; at < label.length(); ) {
            var before = place;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                if (at == label.length()) return Optional.empty();
                var digit = digit(label.charAt(at++));
                if (digit < 0) return Optional.empty();
                place += digit * weight;
                if (place > Integer.MAX_VALUE) return Optional.empty();
                var threshold = Math.clamp(k - bias, LEAST, MOST);
                if (digit < threshold) break;
                weight *= BASE - threshold;
            }
            var length = read.codePointCount(0, read.length()) + 1;
            bias = adapted(place - before, length, before == 0);
            character += place / length;
            place %= length;
            if (character > Character.MAX_CODE_POINT) return Optional.empty();
            read.insert(read.offsetByCodePoints(0, (int) place), Character.toString((int) character));
            place++;
        }
        return Optional.of(read.toString());
    }

    private static int adapted(long delta, int length, boolean first) {
        var rest = first ? delta / DAMP : delta / 2;
        rest += rest / length;
        var k = 0;
        for (; rest > (BASE - LEAST) * MOST / 2; k += BASE) rest /= BASE - LEAST;
        return (int) (k + (BASE - LEAST + 1) * rest / (rest + SKEW));
    }

    private static int digit(char sign) {
        if (sign >= 'a' && sign <= 'z') return sign - 'a';
        if (sign >= 'A' && sign <= 'Z') return sign - 'A';
        return sign >= '0' && sign <= '9' ? sign - '0' + 26 : -1;
    }
}
