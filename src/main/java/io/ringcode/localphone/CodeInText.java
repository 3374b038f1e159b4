package io.ringcode.localphone;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the code in a message the way a phone does when it offers to fill it in. */
final class CodeInText {
    /** Six to ten digits on their own; not the tail of a longer number, nor a number with a country code. */
    private static final String WHOLE = "(?<![0-9A-Za-z+])[0-9]{6,10}(?![0-9A-Za-z])";

    private static final String GROUPED = "(?<![0-9A-Za-z+][ -]?)[0-9]{3}([ -])[0-9]{3}(?!\\1?[0-9])";
    /** As spoken: 1.2.3.4.5.6 or 1, 2, 3, 4, 5, 6. One separator throughout, so the next sentence stays out. */
    private static final String SPOKEN = "(?<![0-9])[0-9]([., …-]{1,3})[0-9](?:\\2[0-9]){4,8}(?![0-9])";

    private static final Pattern CODE = Pattern.compile(WHOLE + "|" + GROUPED + "|" + SPOKEN);

    private CodeInText() {}

    static Optional<String> find(String text) {
        return CODE.matcher(text)
                .results()
                .map(found -> found.group().replaceAll("[^0-9]", ""))
                .findFirst();
    }
}
