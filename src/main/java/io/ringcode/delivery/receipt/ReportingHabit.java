package io.ringcode.delivery.receipt;

/**
 * What a carrier normally reports of messages that it took: counts of recent ones to one country, or to all.
 *
 * @param ended by a receipt that says whether the message arrived
 * @param sent with a receipt that says that the message is on its way or with the network, and nothing later
 * @param silent without any receipt
 */
record ReportingHabit(long ended, long sent, long silent) {
    static final ReportingHabit NONE = new ReportingHabit(0, 0, 0);
    /** Fewer messages to one country say less than those to all countries do. */
    private static final int ENOUGH = 5;

    boolean isKnown() {
        return ended + sent + silent >= ENOUGH;
    }

    /** Whether a message of which nothing was reported is one that did not arrive. */
    boolean reports() {
        return ended + sent > 0 && ended + sent >= silent;
    }

    /** Whether "sent" is followed by the news of its arrival; else it is the last word. */
    boolean goesOnAfterSent() {
        return ended > 0 && ended >= sent;
    }

    ReportingHabit plus(ReportingHabit other) {
        return new ReportingHabit(ended + other.ended, sent + other.sent, silent + other.silent);
    }
}
