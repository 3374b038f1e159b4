package io.ringcode.text;

import java.text.Normalizer;
import java.util.function.IntPredicate;

/**
 * Input normalization: what a person typed or pasted, and what was meant by it. Keyboards of other scripts have digits of their own,
 * copied text brings marks of direction and blanks that nobody sees, and phones put blanks and dashes between digits.
 */
public record Typed(String text) {
    /** What separates the digits of a number: brackets, dots, slashes. */
    private static final String BETWEEN_DIGITS = "()[]./\u00b7";

    /** Blanks by their look: the empty Braille cell, and the fillers of Hangul. */
    private static final String LOOK_BLANK = "\u2800\u115f\u1160\u3164\uffa0";

    /** Dashes that Unicode does not call so: minus, bullets, and the sign on a Japanese keyboard's key of the dash. */
    private static final String LOOK_LIKE_DASHES = "\u2212\u2043\u02d7\u30fc";

    /** A code, also of recovery: in usual digits and letters, without blanks and dashes. */
    public String code() {
        return plain(character -> isDash(character) || isBlank(character));
    }

    /** A phone number: its digits and its plus, and whatever else stands there that is no blank, dash or bracket. */
    public String number() {
        return plain(character -> isDash(character) || isBlank(character) || BETWEEN_DIGITS.indexOf(character) >= 0);
    }

    /** The name of a user, such as an e-mail address: without what nobody sees, and without blanks around it. */
    public String name() {
        var seen = seen(Normalizer.normalize(text, Normalizer.Form.NFC));
        int start = 0;
        int end = seen.length();
        while (start < end && isBlank(seen.codePointAt(start))) start += Character.charCount(seen.codePointAt(start));
        while (end > start && isBlank(seen.codePointBefore(end))) end -= Character.charCount(seen.codePointBefore(end));
        return seen.substring(start, end);
    }

    /** Wide letters and digits of every script become the usual ones. */
    private String plain(IntPredicate dropped) {
        var kept = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(character -> !isUnseen(character) && !dropped.test(character))
                .map(character -> Character.isDigit(character) ? '0' + Character.digit(character, 10) : character)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static String seen(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().filter(character -> !isUnseen(character)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT -> true;
            case Character.CONTROL -> !Character.isWhitespace(character) && character != '\u0085';
            // Variation selectors and the grapheme joiner.
            case Character.NON_SPACING_MARK ->
                (character >= 0xfe00 && character <= 0xfe0f)
                        || (character >= 0xe0100 && character <= 0xe01ef)
                        || character == 0x034f;
            default -> false;
        };
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == '\u0085'
                || LOOK_BLANK.indexOf(character) >= 0;
    }

    private static boolean isDash(int character) {
        return Character.getType(character) == Character.DASH_PUNCTUATION || LOOK_LIKE_DASHES.indexOf(character) >= 0;
    }
}
