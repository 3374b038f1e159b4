package io.ringcode.fraud.traffic;

import io.ringcode.fraud.traffic.Circumstances.AccountAge;
import io.ringcode.fraud.traffic.Circumstances.FormTime;
import io.ringcode.fraud.traffic.TenantTraffic.Proof;
import java.util.Set;

/**
 * How much one code counts for in the evidence of its scopes: 1 is a code of which nothing is known beside its scopes. Each circumstance is a small
 * factor, since none is a proof: people have numbers filled in, and programs can wait.
 */
final class CodeWeight {
    /** Who has typed a code before, at any time. */
    private static final double CONFIRMED = 0.75;

    /** A number counts once, and not for each message. */
    private static final double COUNTED = 0.25;

    private static final double HOSTING = 1.3;
    /** Who has shown that he is no program, and leaves the code alone, says more. */
    private static final double PASSED = 1.2;

    private static final double OLD_ACCOUNT = 0.85;
    private static final double HASTY = 1.25;
    private static final double EVEN = 1.25;
    /** All together: they are not independent. */
    private static final double MOST = 1.6;

    private CodeWeight() {}

    /**
     * @param trusted whether number or account have typed a code in the last 90 days: then nothing is held against them
     * @param counted whether the number was counted lately as one that does not answer
     * @param even whether such messages come in even intervals
     */
    static double of(
            MessageRequest ask, Proof proof, boolean trusted, boolean counted, boolean even, Set<Signal> signals) {
        if (trusted) return CONFIRMED * (proof == Proof.PASSED ? PASSED : 1);
        double suspicion = 1;
        if (ask.hosting() && signals.contains(Signal.HOSTING)) suspicion *= HOSTING;
        if (proof == Proof.PASSED) suspicion *= PASSED;
        var about = ask.about();
        if (!ask.confirmed()) {
            if (about.form() == FormTime.HASTY && signals.contains(Signal.FORM_TIME)) suspicion *= HASTY;
            if (even && signals.contains(Signal.EVEN_SPACING)) suspicion *= EVEN;
            if (about.account() == AccountAge.OLD && signals.contains(Signal.ACCOUNT_AGE)) suspicion *= OLD_ACCOUNT;
        }
        return Math.min(MOST, suspicion) * (ask.confirmed() ? CONFIRMED : 1) * (counted ? COUNTED : 1);
    }
}
