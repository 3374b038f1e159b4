package io.ringcode.delivery.twilio;

import java.util.regex.Pattern;

/** What a call says: a moment to lift the phone, the text with its digits one by one, and all of it once more. */
final class Twiml {
    private static final String PAUSE = "<Pause length=\"1\"/>";
    /** Where a template asks for a pause. */
    private static final String PAUSE_MARK = "\uE000";
    /** A code as templates spell it, such as 1.2.3.4.5.6; read as one number it could not be typed. */
    private static final Pattern SPELLED = Pattern.compile("(?<![\\d.])\\d(?:\\.\\d)+(?![\\d])");

    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private Twiml() {}

    /** @param limit in characters: what would be longer when said twice is said once */
    static String of(String text, String language, int limit) {
        var said = said(text, language);
        var once = "<Response>" + PAUSE + said + "</Response>";
        var twice = "<Response>" + PAUSE + said + PAUSE + said + "</Response>";
        return repeatsItself(text) || twice.length() > limit ? once : twice;
    }

    private static String said(String text, String language) {
        var spoken = SPELLED.matcher(text).replaceAll(code -> code.group().replace(".", ", "));
        var clean = NOT_XML.matcher(spoken).replaceAll("");
        var twiml = new StringBuilder();
        for (var part : clean.split(PAUSE_MARK, -1)) {
            if (!twiml.isEmpty()) twiml.append(PAUSE);
            if (part.isBlank()) continue;
            twiml.append("<Say language=\"").append(language).append("\">");
            twiml.append(escaped(part.strip())).append("</Say>");
        }
        return twiml.toString();
    }

    private static boolean repeatsItself(String text) {
        var codes = SPELLED.matcher(text).results().map(code -> code.group()).toList();
        return codes.stream().distinct().count() < codes.size();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }
}
