package io.ringcode.fraud.traffic;

import io.ringcode.fraud.traffic.Circumstances.AccountAge;
import io.ringcode.fraud.traffic.Circumstances.FormTime;
import io.ringcode.fraud.traffic.TenantTraffic.Proof;

/** What is yes or no of a message that was sent, as bits of one stored number. */
record AskFlags(int bits) {
    private static final int VOICE = 1;
    private static final int KNOWN_RANGE = 2;
    private static final int CONFIRMED = 4;
    private static final int PASSED = 8;
    private static final int PROBE = 16;
    private static final int HOSTING = 32;
    private static final int RECENT_ACCOUNT = 64;
    private static final int OLD_ACCOUNT = 128;
    private static final int HASTY_FORM = 256;
    private static final int USUAL_FORM = 512;

    static AskFlags of(TrafficEvent.Sent sent) {
        var ask = sent.ask();
        var account = ask.about().account();
        var form = ask.about().form();
        return new AskFlags(bit(VOICE, ask.voice())
                | bit(KNOWN_RANGE, ask.knownRange())
                | bit(CONFIRMED, ask.confirmed())
                | bit(PASSED, sent.proof() == Proof.PASSED)
                | bit(PROBE, sent.probe())
                | bit(HOSTING, ask.hosting())
                | bit(RECENT_ACCOUNT, account == AccountAge.RECENT)
                | bit(OLD_ACCOUNT, account == AccountAge.OLD)
                | bit(HASTY_FORM, form == FormTime.HASTY)
                | bit(USUAL_FORM, form == FormTime.USUAL));
    }

    private static int bit(int bit, boolean is) {
        return is ? bit : 0;
    }

    private boolean has(int bit) {
        return (bits & bit) != 0;
    }

    boolean voice() {
        return has(VOICE);
    }

    boolean knownRange() {
        return has(KNOWN_RANGE);
    }

    boolean confirmed() {
        return has(CONFIRMED);
    }

    boolean probe() {
        return has(PROBE);
    }

    boolean hosting() {
        return has(HOSTING);
    }

    Proof proof() {
        return has(PASSED) ? Proof.PASSED : Proof.IMPOSSIBLE;
    }

    AccountAge account() {
        if (has(OLD_ACCOUNT)) return AccountAge.OLD;
        return has(RECENT_ACCOUNT) ? AccountAge.RECENT : AccountAge.UNKNOWN;
    }

    FormTime form() {
        if (has(HASTY_FORM)) return FormTime.HASTY;
        return has(USUAL_FORM) ? FormTime.USUAL : FormTime.UNKNOWN;
    }
}
