package io.ringcode.template;

import io.ringcode.phone.Channel;

/** The rule of a code in a text, for both kinds of templates: how it is written, and whether a text shows it. */
final class CodeText {
    /** For trying a template out before it is saved: digits that no template would hold by chance. */
    static final String SAMPLE = "730518";

    private CodeText() {}

    /** A dot after each digit makes a synthesiser read them one by one. */
    static String spelled(String code, Channel channel) {
        return channel.isSpoken() ? String.join(".", code.split("")) : code;
    }

    /** Where a pause belongs in a text that is spoken; nothing in one that is read. */
    static String pause(Channel channel) {
        return channel.isSpoken() ? Templates.PAUSE : "";
    }

    /** A template may regroup the digits, such as {@code 123 456}; that none is missing is what counts. */
    static boolean isIn(String text, String code) {
        return text.replaceAll("[^0-9]", "").contains(code);
    }

    static boolean isOnceIn(String text, String code) {
        var digits = text.replaceAll("[^0-9]", "");
        return digits.indexOf(code) == digits.lastIndexOf(code);
    }

    /** @throws InvalidTemplate when what a template made of the sample does not show it */
    static void require(String text, Channel channel, String language) {
        if (!isIn(text, SAMPLE))
            throw new InvalidTemplate("the " + channel.wire() + " message in language " + language
                    + " does not contain the code; put {{ code }} where it belongs");
    }
}
