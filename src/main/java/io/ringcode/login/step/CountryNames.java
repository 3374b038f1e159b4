package io.ringcode.login.step;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;

/** Names of a country besides that in the page's language: in English, by its ISO 3166 code, and as people say it. */
final class CountryNames {
    private static final Map<String, List<String>> USUAL = Map.ofEntries(
            Map.entry("AE", List.of("UAE", "Emirates")),
            Map.entry("BA", List.of("Bosnia")),
            Map.entry("CD", List.of("DRC", "Congo-Kinshasa", "Zaire")),
            Map.entry("CG", List.of("Congo-Brazzaville")),
            Map.entry("CI", List.of("Ivory Coast")),
            Map.entry("CN", List.of("PRC")),
            Map.entry("CV", List.of("Cape Verde")),
            Map.entry("CZ", List.of("Czech Republic")),
            Map.entry("DO", List.of("Dominican Republic")),
            Map.entry("FK", List.of("Falklands", "Malvinas")),
            Map.entry("FM", List.of("Micronesia")),
            Map.entry("GB", List.of("UK", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland")),
            Map.entry("IE", List.of("Eire", "Republic of Ireland")),
            Map.entry("IR", List.of("Persia")),
            Map.entry("KP", List.of("DPRK")),
            Map.entry("KR", List.of("Korea", "Republic of Korea")),
            Map.entry("LA", List.of("Lao")),
            Map.entry("MK", List.of("Macedonia")),
            Map.entry("MM", List.of("Burma")),
            Map.entry("NL", List.of("Holland")),
            Map.entry("PS", List.of("Palestine")),
            Map.entry("RU", List.of("Russian Federation")),
            Map.entry("SZ", List.of("Swaziland")),
            Map.entry("TL", List.of("East Timor")),
            Map.entry("TR", List.of("Turkey")),
            Map.entry("US", List.of("America", "United States of America")),
            Map.entry("VA", List.of("Vatican", "Holy See")),
            Map.entry("VN", List.of("Viet Nam")));

    private CountryNames() {}

    static String of(String region, Locale language) {
        return Locale.of("", region).getDisplayCountry(language);
    }

    /** @return with bars between; without the name that the page shows anyway */
    static String others(String region, Locale language) {
        var names = new LinkedHashSet<>(List.of(of(region, Locale.ENGLISH)));
        var iso3 = iso3(region);
        if (!iso3.isEmpty()) names.add(iso3);
        names.addAll(USUAL.getOrDefault(region, List.of()));
        names.remove(of(region, language));
        return String.join("|", names);
    }

    /** Some regions of telephone plans have no code of three letters. */
    private static String iso3(String region) {
        try {
            return Locale.of("", region).getISO3Country();
        } catch (MissingResourceException none) {
            return "";
        }
    }
}
