package io.ringcode.login.step;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import io.ringcode.login.page.PhoneScreen.Country;
import io.ringcode.template.Languages;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The countries that have telephones, in the order of their names in some language. */
@Component
class Countries {
    private final Map<Locale, List<Country>> byLanguage = new ConcurrentHashMap<>();

    List<Country> in(Locale language) {
        return byLanguage.computeIfAbsent(language, Countries::sorted);
    }

    private static List<Country> sorted(Locale language) {
        var plans = PhoneNumberUtil.getInstance();
        Set<String> regions = plans.getSupportedRegions();
        var order = Collator.getInstance(language);
        return regions.stream()
                .map(region -> country(plans, region, language))
                .sorted(Comparator.comparing(Country::name, order))
                .toList();
    }

    private static Country country(PhoneNumberUtil plans, String region, Locale language) {
        var callingCode = plans.getCountryCodeForRegion(region);
        // The library lists the main one first.
        var sharing = plans.getRegionCodesForCountryCode(callingCode);
        return new Country(
                region,
                CountryNames.of(region, language),
                callingCode,
                sharing.size() > 1 && sharing.getFirst().equals(region),
                CountryNames.others(region, language),
                example(plans, region));
    }

    private static String example(PhoneNumberUtil plans, String region) {
        var example = plans.getExampleNumberForType(region, PhoneNumberType.MOBILE);
        return example == null ? "" : plans.format(example, PhoneNumberFormat.NATIONAL);
    }

    /** The country that a browser seems to be from, by its languages: {@code de-AT} says Austria. */
    static @Nullable String likely(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) return null;
        for (var range : Languages.ranges(acceptLanguage)) {
            var country = Locale.forLanguageTag(range.getRange()).getCountry();
            if (country.length() == 2) return country;
        }
        return null;
    }
}
