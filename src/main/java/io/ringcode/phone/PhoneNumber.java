package io.ringcode.phone;

import static com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat.E164;
import static com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat.INTERNATIONAL;
import static com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat.NATIONAL;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.ringcode.phone.InvalidPhoneNumber.Reason;
import io.ringcode.text.Typed;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A number in E.164 form, such as {@code +14155550123}. Holding one is the proof that it was checked. */
public final class PhoneNumber {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    /** In digits (ITU-T E.164). */
    private static final int LONGEST_CALLING_CODE = 3;

    /**
     * @param own the country or territory; null where a calling code has none of its own
     * @param likely the same, or the main one of the calling code
     */
    private record Region(@Nullable String own, @Nullable String likely) {}

    private record Type(NumberKind kind, boolean known) {}

    private final String e164;
    private volatile @Nullable Type type;

    /** Looked up when it is first asked for. */
    private volatile @Nullable Region region;

    /** @throws InvalidPhoneNumber whose message leaves the digits out, so that it may be logged */
    public PhoneNumber(String e164) {
        this(international(e164), null);
    }

    private PhoneNumber(String checked, @Nullable Region region) {
        this.e164 = checked;
        this.region = region;
    }

    private static String international(String e164) {
        var typed = new Typed(e164).number();
        if (!typed.startsWith("+")) throw new InvalidPhoneNumber(Reason.IMPOSSIBLE);
        return reaching(typed, null);
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

    /**
     * A number as {@link #e164} gave it to be stored. It was checked then, which costs some 20 µs and is done again only where its plan
     * has changed since.
     */
    public static PhoneNumber stored(String e164) {
        return FormerPlans.concern(e164) ? new PhoneNumber(e164) : new PhoneNumber(e164, null);
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

    public String e164() {
        return e164;
    }

    /** The country or territory, as ISO 3166-1 alpha-2; null where a calling code has none of its own. */
    public @Nullable String region() {
        return lookedUp().own();
    }

    /** As {@link #region}, or the main country of its calling code where plan data does not know the number's range. */
    public @Nullable String likelyRegion() {
        return lookedUp().likely();
    }

    private Region lookedUp() {
        var known = region;
        if (known != null) return known;
        var number = parsed();
        var found = PLANS.getRegionCodeForNumber(number);
        var own = found == null || found.equals("001") ? null : found;
        var main = PLANS.getRegionCodeForCountryCode(number.getCountryCode());
        var likely = own != null ? own : main.equals("001") || main.equals("ZZ") ? null : main;
        var result = new Region(own, likely);
        region = result;
        return result;
    }

    /** Looked up when it is first asked for, which costs some 10 µs. */
    public NumberKind kind() {
        return typed().kind();
    }

    /** Whether the numbering plan of its country knows what its range is for. Plan data lags behind new ranges. */
    public boolean isInKnownRange() {
        return typed().known();
    }

    private Type typed() {
        var looked = type;
        if (looked != null) return looked;
        var number = parsed();
        var found = new Type(NumberKind.of(number, PLANS), PLANS.getNumberType(number) != PhoneNumberType.UNKNOWN);
        type = found;
        return found;
    }

    /** As a phone would show it to its owner, such as {@code +1 415-555-0123}. */
    public String readable() {
        return PLANS.format(parsed(), INTERNATIONAL);
    }

    /** As it is dialled within its country, such as {@code (415) 555-0123}. */
    public String national() {
        return PLANS.format(parsed(), NATIONAL);
    }

    /** As libphonenumber takes it: a form that was checked needs no parser, which would cost more than all that is asked of it. */
    private Phonenumber.PhoneNumber parsed() {
        for (int digits = 1; digits <= LONGEST_CALLING_CODE; digits++) {
            var code = Integer.parseInt(e164.substring(1, 1 + digits));
            if (PLANS.getRegionCodesForCountryCode(code).isEmpty()) continue;
            var national = e164.substring(1 + digits);
            var number = new Phonenumber.PhoneNumber().setCountryCode(code).setNationalNumber(Long.parseLong(national));
            // As in Italy, where a zero in front is part of the number.
            int zeros = 0;
            while (zeros < national.length() - 1 && national.charAt(zeros) == '0') zeros++;
            return zeros == 0 ? number : number.setItalianLeadingZero(true).setNumberOfLeadingZeros(zeros);
        }
        throw new IllegalStateException("A checked number is of no country");
    }

    /** As people and logs may see it: all but the last four digits hidden, such as {@code XXXXXXXX0123}. */
    public String masked() {
        return "X".repeat(e164.length() - 4) + e164.substring(e164.length() - 4);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PhoneNumber number && number.e164.equals(e164);
    }

    @Override
    public int hashCode() {
        return e164.hashCode();
    }

    @Override
    public String toString() {
        return "•••" + e164.substring(e164.length() - 4);
    }
}
