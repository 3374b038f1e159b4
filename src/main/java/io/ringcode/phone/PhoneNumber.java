package io.ringcode.phone;

import static com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat.E164;
import static com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat.INTERNATIONAL;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.ringcode.phone.InvalidPhoneNumber.Reason;
import io.ringcode.text.Typed;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A number in E.164 form, such as {@code +14155550123}. Holding one is the proof that it was checked. */
public record PhoneNumber(String e164) {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    /** @throws InvalidPhoneNumber whose message leaves the digits out, so that it may be logged */
    public PhoneNumber {
        var typed = new Typed(e164).number();
        if (!typed.startsWith("+")) throw new InvalidPhoneNumber(Reason.IMPOSSIBLE);
        e164 = reaching(typed, null);
    }

    /**
     * A number as a person types it: with its country in front, or as it is dialled in {@code region}.
     *
     * @param region ISO 3166-1 alpha-2; null where the number must bring its country along
     * @throws InvalidPhoneNumber whose message leaves the digits out
     */
    public static PhoneNumber typed(String text, @Nullable String region) {
        return new PhoneNumber(reaching(new Typed(text).number(), region));
    }

    /** The number that reaches the person, in E.164 form. */
    private static String reaching(String typed, @Nullable String region) {
        try {
            var number = PLANS.parse(typed, region);
            if (number.hasExtension()) throw new InvalidPhoneNumber(Reason.EXTENSION);
            var e164 = PLANS.format(number, E164);
            if (PLANS.isValidNumber(number)) return e164;
            var present = FormerPlans.present(e164);
            if (present.isPresent() && PLANS.isValidNumber(PLANS.parse(present.get(), null))) return present.get();
            // Possible, not valid: the message is the real proof, and plan data lags behind new ranges.
            if (!PLANS.isPossibleNumber(number)) throw new InvalidPhoneNumber(Reason.IMPOSSIBLE);
            return e164;
        } catch (NumberParseException unreadable) {
            throw new InvalidPhoneNumber(Reason.IMPOSSIBLE);
        }
    }

    /** E.164 forms under which it may have been stored: as it is, and as it was before its plan changed. */
    public List<String> storedAs() {
        return Stream.concat(Stream.of(e164), FormerPlans.former(e164)).toList();
    }

    /** The country or territory, as ISO 3166-1 alpha-2; null where a calling code has none of its own. */
    public @Nullable String region() {
        try {
            var region = PLANS.getRegionCodeForNumber(PLANS.parse(e164, null));
            return region == null || region.equals("001") ? null : region;
        } catch (NumberParseException impossible) {
            throw new IllegalStateException("A checked number no longer parses");
        }
    }

    /** As {@link #region}, or the main country of its calling code where plan data does not know the number's range. */
    public @Nullable String likelyRegion() {
        var region = region();
        if (region != null) return region;
        try {
            var main = PLANS.getRegionCodeForCountryCode(PLANS.parse(e164, null).getCountryCode());
            return main.equals("001") || main.equals("ZZ") ? null : main;
        } catch (NumberParseException impossible) {
            throw new IllegalStateException("A checked number no longer parses");
        }
    }

    /** As a phone would show it to its owner, such as {@code +1 415-555-0123}. */
    public String readable() {
        try {
            return PLANS.format(PLANS.parse(e164, null), INTERNATIONAL);
        } catch (NumberParseException impossible) {
            throw new IllegalStateException("A checked number no longer parses");
        }
    }

    /** As people and logs may see it: all but the last four digits hidden, such as {@code XXXXXXXX0123}. */
    public String masked() {
        return "X".repeat(e164.length() - 4) + e164.substring(e164.length() - 4);
    }

    @Override
    public String toString() {
        return "•••" + e164.substring(e164.length() - 4);
    }
}
