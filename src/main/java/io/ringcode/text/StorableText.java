package io.ringcode.text;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text that PostgreSQL stores. JSON can escape a NUL or half a surrogate pair; neither is text. */
public final class StorableText {
    private StorableText() {}

    public static boolean is(String text) {
        return text.indexOf('\0') < 0 && UTF_8.newEncoder().canEncode(text);
    }
}
