package io.ringcode.bench.fraud;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers of real numbering plans: the first digits of mobile ranges, without the last five. */
final class Plans {
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    private static final int HEADS = 40;
    private static final Map<String, List<String>> MOBILE = new ConcurrentHashMap<>();

    /** Countries that a service may have people in. */
    static final List<String> HOME = List.of(
            "US", "GB", "DE", "FR", "ES", "IT", "NL", "PL", "SE", "AT", "CH", "BR", "MX", "IN", "JP", "AU", "CA", "TR",
            "ZA", "AE", "SG", "IE", "PT", "CZ", "DK");

    static final List<String> SMALL = List.of("LU", "EE", "MT", "IS", "CY", "SI", "LV", "UY", "CR", "GE", "NA", "MU");
    /** Where termination is expensive, and fraud is at home. */
    static final List<String> DEAR = List.of(
            "TG", "BJ", "GN", "LK", "AZ", "TJ", "UZ", "KG", "MG", "ML", "SN", "CM", "TN", "DZ", "IQ", "PK", "BD", "NP",
            "MM", "KH", "LA", "ZW", "SL", "LR", "GM", "TD", "NE", "BF", "BI", "MR", "OM", "YE", "LB", "AM", "BY", "MD",
            "AL", "BA", "EC", "BO", "HN", "NI", "GY", "SR", "MV", "BT", "PG", "FJ", "VU", "WS");

    private Plans() {}

    static List<String> heads(String country) {
        return MOBILE.computeIfAbsent(country, Plans::sample);
    }

    /** The same for all seeds: plans are the world's, not a set's. */
    private static List<String> sample(String country) {
        var random = new Random(country.hashCode());
        var example = UTIL.getExampleNumberForType(country, PhoneNumberType.MOBILE);
        var code = "+" + UTIL.getCountryCodeForRegion(country);
        var national = UTIL.getNationalSignificantNumber(example);
        var heads = new LinkedHashSet<String>();
        for (int tries = 0; tries < 8_000 && heads.size() < HEADS; tries++) {
            var digits = new StringBuilder(national);
            int keep = 1 + random.nextInt(2);
            for (int i = keep; i < digits.length(); i++) digits.setCharAt(i, (char) ('0' + random.nextInt(10)));
            try {
                var number = UTIL.parse(code + digits, null);
                if (!UTIL.isValidNumberForRegion(number, country)) continue;
                var type = UTIL.getNumberType(number);
                if (type != PhoneNumberType.MOBILE && type != PhoneNumberType.FIXED_LINE_OR_MOBILE) continue;
                heads.add(code + digits.substring(0, digits.length() - 5));
            } catch (NumberParseException impossible) {
                // Another one, then.
            }
        }
        if (heads.isEmpty()) heads.add(code + national.substring(0, national.length() - 5));
        return new ArrayList<>(heads);
    }

    static String number(String head, Random random) {
        return head + "%05d".formatted(random.nextInt(100_000));
    }
}
