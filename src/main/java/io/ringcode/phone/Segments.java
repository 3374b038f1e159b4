package io.ringcode.phone;

/**
 * How many parts an SMS takes, each of which costs. One part holds 160 septets of the GSM alphabet (3GPP TS 23.038 section
 * 6.2.1) or 70 UTF-16 units; of several each gives 7 septets or 3 units to its header (3GPP TS 23.040 section 9.2.3.24.1).
 * A character that takes two is not split over two parts.
 */
public record Segments(int count, boolean gsm) {
    private static final int GSM_ALONE = 160;
    private static final int GSM_PART = 153;
    private static final int UCS2_ALONE = 70;
    private static final int UCS2_PART = 67;

    public static Segments of(String text) {
        return GsmAlphabet.holds(text)
                ? new Segments(parts(text, true, GSM_ALONE, GSM_PART), true)
                : new Segments(parts(text, false, UCS2_ALONE, UCS2_PART), false);
    }

    public String encoding() {
        return gsm ? "GSM-7" : "UCS-2";
    }

    private static int parts(String text, boolean gsm, int alone, int part) {
        int whole = 0;
        int parts = 1;
        int inPart = 0;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            int size = gsm ? GsmAlphabet.septets(character) : Character.charCount(character);
            whole += size;
            if (inPart + size > part) {
                parts++;
                inPart = 0;
            }
            inPart += size;
            at += Character.charCount(character);
        }
        return whole <= alone ? 1 : parts;
    }
}
