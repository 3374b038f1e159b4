package io.ringcode.console.settings;

import io.ringcode.challenge.Challenges;
import io.ringcode.console.view.SettingsView.Limit;
import io.ringcode.factor.GuessCount;
import io.ringcode.fraud.LoginGuard;
import io.ringcode.fraud.NoticeGuard;
import io.ringcode.fraud.PageGuard;
import io.ringcode.fraud.ResetGuard;
import io.ringcode.fraud.SendLimits.Bucket;
import java.util.List;
import java.util.Locale;

/** The fixed limits, which no setting changes, as texts. */
final class FixedLimits {
    private static final Bucket GUESSES = new Bucket(GuessCount.GUESSES, GuessCount.REFILL.toSeconds());
    private static final String WAIT = "429, and how long to wait";

    private FixedLimits() {}

    static final List<Limit> FIXED = List.of(
            new Limit("Wrong codes for one message", "" + Challenges.TRIES, "a new code must be asked for"),
            new Limit("Wrong codes for one authenticator", words(GUESSES), WAIT),
            new Limit(
                    "Wrong codes in a row",
                    "" + GuessCount.MOST_FAILURES,
                    "the authenticator is off until somebody unlocks the user"),
            new Limit("Wrong passwords for one user and address", words(LoginGuard.LIMIT), WAIT),
            new Limit("Wrong passwords from one address", words(LoginGuard.ADDRESS_LIMIT), WAIT),
            new Limit("Password reset links for one user name", words(ResetGuard.LIMIT), "none is sent"),
            new Limit("Password reset links from one address", words(ResetGuard.ADDRESS_LIMIT), WAIT),
            new Limit("Notices of one kind to one recipient", words(NoticeGuard.LIMIT), "none is sent"),
            new Limit("Forms of the sign-in pages from one address", words(PageGuard.LIMIT), WAIT));

    private static String words(Bucket bucket) {
        return String.format(Locale.ENGLISH, "%,d at once, then %s", bucket.size(), refill(bucket.refillSeconds()));
    }

    private static String refill(double seconds) {
        if (seconds < 1) return String.format(Locale.ENGLISH, "%,d an hour", Math.round(3_600 / seconds));
        var whole = Math.round(seconds);
        if (whole % 3_600 == 0) return every(whole / 3_600, "hour");
        return whole % 60 == 0 ? every(whole / 60, "minute") : every(whole, "second");
    }

    private static String every(long count, String unit) {
        return "one more every " + (count == 1 ? unit : count + " " + unit + "s");
    }
}
