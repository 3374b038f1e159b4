package io.ringcode.factor;

/** How much of what a user has is enough where a second factor is due, from the least strict on. */
public enum RequiredStrength {
    /** Whatever is switched on. */
    ANY,
    /** A phone is not, for whoever has a passkey. */
    NO_PHONE,
    /** Only a passkey, for whoever has one. */
    PHISHING_RESISTANT;

    /** The stricter of both. */
    public RequiredStrength or(RequiredStrength other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
