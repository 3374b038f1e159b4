package io.ringcode.login.page;

import java.util.Locale;

/** Plural rules for whole numbers, as CLDR has them for the languages of the pages: which form of a text goes with a number. */
final class PluralForms {
    private PluralForms() {}

    /** @param forms with bars between, in CLDR's order; a text without bars fits every number */
    static String choose(Locale language, long number, String forms) {
        var all = forms.split("\\|", -1);
        return all[Math.min(index(language.getLanguage(), number), all.length - 1)];
    }

    private static int index(String language, long number) {
        return switch (language) {
            case "ja" -> 0;
            case "fr", "pt" -> number <= 1 ? 0 : 1;
            case "he" -> number == 1 ? 0 : number == 2 ? 1 : 2;
            case "pl" -> number == 1 ? 0 : isFew(number) ? 1 : 2;
            case "uk" -> number % 10 == 1 && number % 100 != 11 ? 0 : isFew(number) ? 1 : 2;
            case "ar" -> arabic(number);
            default -> number == 1 ? 0 : 1;
        };
    }

    private static boolean isFew(long number) {
        return number % 10 >= 2 && number % 10 <= 4 && (number % 100 < 12 || number % 100 > 14);
    }

    private static int arabic(long number) {
        if (number == 1 || number == 2) return (int) number - 1;
        var rest = number % 100;
        return rest >= 3 && rest <= 10 ? 2 : rest >= 11 ? 3 : 4;
    }
}
