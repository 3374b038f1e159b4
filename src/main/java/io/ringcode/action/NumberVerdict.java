package io.ringcode.action;

/** What the tenant's actions said of a phone number. */
public sealed interface NumberVerdict {
    /** None of them had anything against it. */
    record Trusted() implements NumberVerdict {}

    /**
     * No code is sent to it.
     *
     * @param reason the action's own words, for the application and the log
     */
    record Refused(Instead instead, String reason) implements NumberVerdict {}

    /** What the person may use in its place. */
    enum Instead {
        /** Another number, or any other factor. */
        ANY,
        /** A factor that is no phone. */
        OTHER_FACTOR;

        public String wire() {
            return switch (this) {
                case ANY -> "refused";
                case OTHER_FACTOR -> "other_factor";
            };
        }
    }
}
