package io.ringcode.fraud.traffic;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message beside whom it goes to and where it was asked for. What is not known says nothing.
 *
 * @param form how long somebody had the page before him on which the number is typed
 * @param price of the message, in the tenant's currency; 0 where it is not known
 */
public record Circumstances(AccountAge account, FormTime form, double price) {
    public static final Circumstances UNKNOWN = new Circumstances(AccountAge.UNKNOWN, FormTime.UNKNOWN, 0);

    /** How long the account has been there. */
    public enum AccountAge {
        UNKNOWN,
        /** Where a phone is bound at sign-up, people's accounts are as young as those of programs. */
        RECENT,
        /** Months of age are dear to have for thousands of accounts. */
        OLD;

        private static final Duration MONTH = Duration.ofDays(30);

        /** @param age null where it is not known */
        public static AccountAge of(@Nullable Duration age) {
            if (age == null) return UNKNOWN;
            return age.compareTo(MONTH) < 0 ? RECENT : OLD;
        }
    }

    /** How long it took to fill in the page of the number. Whoever asks without a page has none. */
    public enum FormTime {
        UNKNOWN,
        /** Faster than a person types a number, or has it filled in and finds the button. */
        HASTY,
        USUAL;

        private static final Duration HASTE = Duration.ofMillis(1_500);

        /** @param taken null where there was no page */
        public static FormTime of(@Nullable Duration taken) {
            if (taken == null) return UNKNOWN;
            return taken.compareTo(HASTE) < 0 ? HASTY : USUAL;
        }
    }
}
