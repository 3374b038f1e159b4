package io.ringcode.delivery.twilio;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which of the languages that {@code <Say>} knows fits a locale best. */
final class TwilioLanguage {
    private static final Set<String> KNOWN = Set.copyOf(List.of(
            "en-US", "en-GB", "en-AU", "en-IN", "de-DE", "fr-FR", "fr-CA", "es-ES", "es-MX", "it-IT", "nl-NL", "pt-BR",
            "pt-PT", "pl-PL", "sv-SE", "da-DK", "nb-NO", "fi-FI", "ru-RU", "tr-TR", "ro-RO", "cs-CZ", "sk-SK", "hu-HU",
            "el-GR", "uk-UA", "bg-BG", "he-IL", "hi-IN", "th-TH", "vi-VN", "id-ID", "ca-ES", "ja-JP", "ko-KR", "zh-CN",
            "zh-TW", "zh-HK", "ar-AE", "ar-XA"));

    /** For a language alone, or with a region that has no voice of its own. */
    private static final Map<String, String> BY_LANGUAGE = Map.ofEntries(
            Map.entry("en", "en-US"),
            Map.entry("de", "de-DE"),
            Map.entry("fr", "fr-FR"),
            Map.entry("es", "es-ES"),
            Map.entry("it", "it-IT"),
            Map.entry("nl", "nl-NL"),
            Map.entry("pt", "pt-BR"),
            Map.entry("pl", "pl-PL"),
            Map.entry("sv", "sv-SE"),
            Map.entry("da", "da-DK"),
            Map.entry("nb", "nb-NO"),
            Map.entry("no", "nb-NO"),
            Map.entry("nn", "nb-NO"),
            Map.entry("fi", "fi-FI"),
            Map.entry("ru", "ru-RU"),
            Map.entry("tr", "tr-TR"),
            Map.entry("ro", "ro-RO"),
            Map.entry("cs", "cs-CZ"),
            Map.entry("sk", "sk-SK"),
            Map.entry("hu", "hu-HU"),
            Map.entry("el", "el-GR"),
            Map.entry("uk", "uk-UA"),
            Map.entry("bg", "bg-BG"),
            Map.entry("he", "he-IL"),
            Map.entry("hi", "hi-IN"),
            Map.entry("th", "th-TH"),
            Map.entry("vi", "vi-VN"),
            Map.entry("id", "id-ID"),
            Map.entry("ca", "ca-ES"),
            Map.entry("ja", "ja-JP"),
            Map.entry("ko", "ko-KR"),
            Map.entry("zh", "zh-CN"),
            Map.entry("yue", "zh-HK"),
            Map.entry("cmn", "zh-CN"),
            Map.entry("ar", "ar-XA"));

    private static final Set<String> EUROPEAN_SPANISH = Set.of("", "ES");

    private TwilioLanguage() {}

    /** @return {@code en-US} where nothing fits */
    static String of(Locale locale) {
        var language = locale.getLanguage();
        var exact = language + "-" + locale.getCountry();
        if (KNOWN.contains(exact)) return exact;
        if (language.equals("es") && !EUROPEAN_SPANISH.contains(locale.getCountry())) return "es-MX";
        if (language.equals("zh") && locale.getScript().equals("Hant")) return "zh-TW";
        return BY_LANGUAGE.getOrDefault(language, "en-US");
    }
}
