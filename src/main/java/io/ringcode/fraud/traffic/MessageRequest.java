package io.ringcode.fraud.traffic;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that is asked for, as it is counted. Numbers, accounts and addresses stand here as keyed hashes; of the number besides its
 * first digits, without the last two.
 *
 * @param session the sign-in that the message is for; null where there is none
 * @param account null where the message is for none
 * @param digits the number in E.164 form without its last two digits
 * @param country ISO 3166-1 alpha-2, or the calling code where there is none
 * @param knownRange whether the country's numbering plan knows the number's range
 * @param confirmed whether the account has typed a code that was sent to the number before
 * @param address of the end user; null where it is not known, as are its networks
 * @param asn the network's number; 0 where it is not known
 * @param hosting whether the address is a data centre's, as far as that is known
 * @param about what else is known
 */
public record MessageRequest(
        @Nullable UUID session,
        long number,
        @Nullable Long account,
        String digits,
        String country,
        boolean voice,
        boolean knownRange,
        boolean confirmed,
        @Nullable Long address,
        @Nullable Long network,
        @Nullable Long wideNetwork,
        int asn,
        boolean hosting,
        Circumstances about) {
    /** Of one country by one channel. */
    String countryName() {
        return voice ? country + " voice" : country;
    }

    /** The number's first digits, without the last {@code dropped}; at least its calling code remains. */
    String prefix(int dropped) {
        return digits.substring(0, Math.max(2, digits.length() - dropped + 2));
    }

    /** On a page of ours, by somebody who has not typed a code to the number yet. */
    boolean isTypedOnPage() {
        return !confirmed && about.form() != Circumstances.FormTime.UNKNOWN;
    }

    String channelName() {
        return voice ? "voice" : "sms";
    }
}
