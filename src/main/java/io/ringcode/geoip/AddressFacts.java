package io.ringcode.geoip;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an end user's address.
 *
 * @param asn number of the autonomous system that it belongs to; 0 where it is not known
 * @param country ISO 3166-1 alpha-2; null where it is not known
 * @param hosting whether it is a data centre's, where few people sign in from
 */
public record AddressFacts(int asn, @Nullable String country, boolean hosting) {
    public static final AddressFacts NONE = new AddressFacts(0, null, false);

    /** These, and what they leave open from the others. */
    AddressFacts or(AddressFacts others) {
        return new AddressFacts(
                asn == 0 ? others.asn : asn, country == null ? others.country : country, hosting || others.hosting);
    }
}
