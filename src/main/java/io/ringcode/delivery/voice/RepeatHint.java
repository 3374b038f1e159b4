package io.ringcode.delivery.voice;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The spoken hint how to hear a code again, in the languages of this product's texts. */
final class RepeatHint {
    private static final Map<String, String> BY_LANGUAGE = Map.ofEntries(
            Map.entry("ar", "لسماع الرمز مرة أخرى، اضغط على واحد."),
            Map.entry("da", "Tryk på 1 for at høre koden igen."),
            Map.entry("de", "Um den Code noch einmal zu hören, drücken Sie die Eins."),
            Map.entry("en", "To hear the code again, press 1."),
            Map.entry("es", "Para escuchar el código otra vez, pulse 1."),
            Map.entry("fr", "Pour réécouter le code, appuyez sur la touche 1."),
            Map.entry("he", "כדי לשמוע שוב את הקוד, הקישו 1."),
            Map.entry("it", "Per riascoltare il codice, premi 1."),
            Map.entry("ja", "もう一度聞くには、1を押してください。"),
            Map.entry("nb", "Trykk 1 for å høre koden på nytt."),
            Map.entry("nl", "Druk op 1 om de code nog eens te horen."),
            Map.entry("pl", "Aby usłyszeć kod ponownie, naciśnij 1."),
            Map.entry("pt", "Para ouvir o código novamente, pressione 1."),
            Map.entry("sv", "Tryck på 1 för att höra koden igen."),
            Map.entry("tr", "Kodu tekrar dinlemek için 1'e basın."),
            Map.entry("uk", "Щоб почути код ще раз, натисніть 1."));

    private RepeatHint() {}

    /** Empty for another language: the key works there too, it is only not mentioned. */
    static Optional<String> hint(Locale locale) {
        var language = locale.getLanguage();
        return Optional.ofNullable(BY_LANGUAGE.get(language.equals("no") || language.equals("nn") ? "nb" : language));
    }
}
