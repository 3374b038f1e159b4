package io.ringcode.factor;

/**
 * What a sign-in is asked for beside its first factor.
 *
 * @param fresh whether only a proof in this very sign-in counts, not one of the session or of a remembered browser
 */
public record Demand(Level level, boolean fresh) {
    public static final Demand NOTHING = new Demand(Level.NOTHING, false);

    /** What the tenant's policy {@code all-applications} asks for. */
    public static final Demand ANY_FACTOR = new Demand(Level.ANY_FACTOR, false);

    /** From the least to the most. */
    public enum Level {
        NOTHING,
        /** Whatever the tenant's plan for passkeys lets suffice. */
        ANY_FACTOR,
        /** A passkey, if the user has one. */
        PHISHING_RESISTANT
    }

    /** All that either asks for. */
    public Demand and(Demand other) {
        return new Demand(level.compareTo(other.level) < 0 ? other.level : level, fresh || other.fresh);
    }

    public boolean none() {
        return level == Level.NOTHING;
    }

    /** How much of what a user has is enough by this alone. */
    public RequiredStrength sufficient() {
        return switch (level) {
            case NOTHING, ANY_FACTOR -> RequiredStrength.ANY;
            case PHISHING_RESISTANT -> RequiredStrength.PHISHING_RESISTANT;
        };
    }
}
