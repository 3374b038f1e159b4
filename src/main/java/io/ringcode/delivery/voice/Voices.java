package io.ringcode.delivery.voice;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The voices of a carrier, and the one whose language is nearest to a person's. */
public final class Voices {
    private static final String ENGLISH = "en-US";
    /** Of a language with several voices, the one for those who name no country or one that has none of its own. */
    private static final List<String> USUAL =
            List.of(ENGLISH, "en-GB", "de-DE", "fr-FR", "es-ES", "pt-BR", "zh-CN", "nl-NL", "ar-XA");

    private static final Map<String, String> SAME_LANGUAGE =
            Map.of("no", "nb", "nn", "nb", "cmn", "zh", "yue", "zh-HK", "tl", "fil");

    private final Map<String, String> byTag;

    private Voices(Map<String, String> byTag) {
        this.byTag = new TreeMap<>(byTag);
    }

    /** @param byTag what to send, by language and country such as {@code de-DE}; Chinese as zh-CN, zh-TW, zh-HK */
    public static Voices of(Map<String, String> byTag) {
        return new Voices(byTag);
    }

    /** For a carrier that is sent the tags themselves. */
    public static Voices tags(String... tags) {
        return new Voices(Arrays.stream(tags).collect(Collectors.toMap(tag -> tag, tag -> tag)));
    }

    /** What is said, and with which of the carrier's voices. */
    public record Chosen(String voice, Speech speech) {}

    /**
     * The nearest voice and the words for it. A carrier that does not speak the language says the code in English: foreign
     * words in an English voice nobody understands.
     */
    public Chosen choose(String text, Locale locale) {
        var speech = Speech.of(text);
        return nearest(locale)
                .map(voice -> new Chosen(voice, speech))
                .orElseGet(() -> new Chosen(english(), speech.inEnglish()));
    }

    /** As {@link #choose}, and at the end how to hear it again. */
    public Chosen chooseWithHint(String text, Locale locale) {
        var chosen = choose(text, locale);
        var spoken = nearest(locale).isPresent() ? locale : Locale.US;
        return RepeatHint.hint(spoken)
                .map(hint -> new Chosen(chosen.voice(), chosen.speech().followedBy(hint)))
                .orElse(chosen);
    }

    /** Empty where the carrier has no voice of that language. */
    Optional<String> nearest(Locale locale) {
        var told = SAME_LANGUAGE.getOrDefault(locale.getLanguage(), locale.getLanguage());
        var tag = told.contains("-") || locale.getCountry().isEmpty() ? told : told + "-" + locale.getCountry();
        if (byTag.containsKey(tag)) return Optional.of(byTag.get(tag));
        if (told.equals("es") && !tag.equals("es") && byTag.containsKey("es-MX"))
            return Optional.of(byTag.get("es-MX"));
        if (told.equals("zh") && locale.getScript().equals("Hant") && byTag.containsKey("zh-TW"))
            return Optional.of(byTag.get("zh-TW"));
        var language = told.split("-", 2)[0];
        for (var usual : USUAL)
            if (usual.startsWith(language + "-") && byTag.containsKey(usual)) return Optional.of(byTag.get(usual));
        return byTag.entrySet().stream()
                .filter(voice ->
                        voice.getKey().equals(language) || voice.getKey().startsWith(language + "-"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private String english() {
        return nearest(Locale.US).orElseThrow(() -> new IllegalStateException("A carrier without English"));
    }
}
