package io.ringcode.phone;

/** The GSM 7-bit default alphabet and its extension (3GPP TS 23.038 section 6.2.1): what an SMS can hold 160 of. */
public final class GsmAlphabet {
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    /** Each reached by an escape. */
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private GsmAlphabet() {}

    /** Whether it has every character of that text; otherwise the SMS is one of UTF-16 units. */
    public static boolean holds(String text) {
        return text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0);
    }

    /** @return how much room a character takes that it has: 2 with an escape, else 1 */
    public static int septets(int character) {
        return EXTENSION.indexOf(character) >= 0 ? 2 : 1;
    }
}
