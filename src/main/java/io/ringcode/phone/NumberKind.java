package io.ringcode.phone;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Map;

/**
 * What kind of number it is by plan data, as far as that matters for what a message or a call to it costs, and for whether a
 * person has it.
 */
public enum NumberKind {
    /** What people have: mobile, landline, internet telephony, and whatever plan data does not know. */
    ORDINARY("ordinary", "Ordinary numbers"),
    /** The owner earns from each call. */
    PREMIUM_RATE("premium_rate", "Premium-rate numbers"),
    SHARED_COST("shared_cost", "Shared-cost numbers"),
    /** Follow their owner at the caller's cost, such as 070 in the United Kingdom. */
    PERSONAL("personal", "Personal numbers"),
    PAGER("pager", "Pagers"),
    /** Of companies, reached from everywhere under one number. */
    UNIVERSAL_ACCESS("universal_access", "Universal access numbers"),
    VOICEMAIL("voicemail", "Voicemail"),
    /** +979. */
    INTERNATIONAL_PREMIUM("international_premium", "International premium-rate numbers"),
    /** +882 and +883. */
    INTERNATIONAL_NETWORK("international_network", "International networks"),
    /** +870 and +881. */
    SATELLITE("satellite", "Satellite telephones");

    /** Calling codes of no country (ITU-T E.164, list of assigned country codes). */
    private static final Map<Integer, NumberKind> BY_CALLING_CODE = Map.of(
            808, SHARED_COST,
            870, SATELLITE,
            878, PERSONAL,
            881, SATELLITE,
            882, INTERNATIONAL_NETWORK,
            883, INTERNATIONAL_NETWORK,
            888, UNIVERSAL_ACCESS,
            979, INTERNATIONAL_PREMIUM);

    private final String wire;
    private final String label;

    NumberKind(String wire, String label) {
        this.wire = wire;
        this.label = label;
    }

    /** Its name in requests, answers and what is stored. */
    @JsonValue
    public String wire() {
        return wire;
    }

    /** As people read it. */
    public String label() {
        return label;
    }

    static NumberKind of(Phonenumber.PhoneNumber number, PhoneNumberUtil plans) {
        var byCode = BY_CALLING_CODE.get(number.getCountryCode());
        if (byCode != null) return byCode;
        return switch (plans.getNumberType(number)) {
            case PREMIUM_RATE -> PREMIUM_RATE;
            case SHARED_COST -> SHARED_COST;
            case PERSONAL_NUMBER -> PERSONAL;
            case PAGER -> PAGER;
            case UAN -> UNIVERSAL_ACCESS;
            case VOICEMAIL -> VOICEMAIL;
            case FIXED_LINE, MOBILE, FIXED_LINE_OR_MOBILE, TOLL_FREE, VOIP, UNKNOWN -> ORDINARY;
        };
    }
}
