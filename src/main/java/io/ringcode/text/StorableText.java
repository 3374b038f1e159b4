package io.ringcode.text;

/** Text that PostgreSQL stores. JSON can escape a NUL or half a surrogate pair; neither is text. */
public final class StorableText {
    private StorableText() {}

    public static boolean is(String text) {
        int at = 0;
        while (at < text.length()) {
            // Half of a pair, alone, is a code point of its own.
            var character = text.codePointAt(at);
            if (character == 0 || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE))
                return false;
            at += Character.charCount(character);
        }
        return true;
    }
}
