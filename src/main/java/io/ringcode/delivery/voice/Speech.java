package io.ringcode.delivery.voice;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The text of a call, parsed into words, codes and pauses. */
public record Speech(List<Part> parts) {
    /** Where a template asks for a pause. */
    private static final String PAUSE_MARK = "\uE000";
    /** A code as templates spell it, such as 1.2.3.4.5.6; read as one number it could not be typed. */
    private static final Pattern SPELLED = Pattern.compile("(?<![\\d.])\\d(?:\\.\\d)+(?!\\d)");

    sealed interface Part {
        record Words(String text) implements Part {}

        record Code(List<String> digits) implements Part {}

        record Pause() implements Part {}
    }

    public static Speech of(String text) {
        var parts = new ArrayList<Part>();
        var phrases = text.split(PAUSE_MARK, -1);
        for (int i = 0; i < phrases.length; i++) {
            if (i > 0) parts.add(new Part.Pause());
            if (!phrases[i].isBlank()) parts.addAll(phrase(phrases[i].strip()));
        }
        return new Speech(List.copyOf(parts));
    }

    private static List<Part> phrase(String text) {
        var parts = new ArrayList<Part>();
        var codes = SPELLED.matcher(text);
        int from = 0;
        while (codes.find()) {
            if (codes.start() > from) parts.add(new Part.Words(text.substring(from, codes.start())));
            parts.add(new Part.Code(List.of(codes.group().split("\\.", -1))));
            from = codes.end();
        }
        if (from < text.length()) parts.add(new Part.Words(text.substring(from)));
        return parts;
    }

    /** The code alone with English words around it, for a voice that cannot say the rest; this where there is no code. */
    Speech inEnglish() {
        return codes().stream()
                .findFirst()
                .map(code -> new Speech(List.of(new Part.Words("Your code is "), code, new Part.Words("."))))
                .orElse(this);
    }

    Speech followedBy(String words) {
        var more = new ArrayList<>(parts);
        more.add(new Part.Pause());
        more.add(new Part.Words(words));
        return new Speech(List.copyOf(more));
    }

    /** All of it twice, unless it repeats the code by itself or would get longer than the carrier takes. */
    public String twice(SpeechMarkup markup, int limit) {
        var once = once(markup);
        var twice = once + markup.pause() + once;
        return repeatsItself() || twice.length() > limit ? once : twice;
    }

    public String once(SpeechMarkup markup) {
        var said = new StringBuilder();
        var phrase = new StringBuilder();
        for (var part : parts)
            switch (part) {
                case Part.Words(var text) -> phrase.append(markup.words(text));
                case Part.Code(var digits) -> phrase.append(markup.code(digits));
                case Part.Pause _ -> {
                    end(phrase, said, markup);
                    said.append(markup.pause());
                }
            }
        end(phrase, said, markup);
        return said.toString();
    }

    private static void end(StringBuilder phrase, StringBuilder said, SpeechMarkup markup) {
        if (!phrase.isEmpty()) said.append(markup.phrase(phrase.toString()));
        phrase.setLength(0);
    }

    private boolean repeatsItself() {
        return codes().stream().distinct().count() < codes().size();
    }

    private List<Part.Code> codes() {
        return parts.stream()
                .filter(Part.Code.class::isInstance)
                .map(Part.Code.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return "Speech[•••]";
    }
}
