package io.ringcode.delivery.voice;

import java.util.List;
import java.util.regex.Pattern;

/** Speech Synthesis Markup Language 1.1 (W3C), as far as a code needs it. */
public final class Ssml implements SpeechMarkup {
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    /** @return text that is safe inside an element, and in an attribute in either kind of quotes */
    public static String escaped(String text) {
        return NOT_XML.matcher(text)
                .replaceAll("")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    /** With a moment to lift the phone before it. */
    public static String document(String said) {
        return "<speak><break time=\"1s\"/>" + said + "</speak>";
    }

    @Override
    public String pause() {
        return "<break time=\"1s\"/>";
    }

    @Override
    public String words(String text) {
        return escaped(text);
    }

    @Override
    public String code(List<String> digits) {
        return "<prosody rate=\"slow\">" + String.join(", ", digits) + "</prosody>";
    }
}
