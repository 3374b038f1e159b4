package io.ringcode.bench.fraud;

import java.util.List;

/** What decides in a replay. */
interface Policy {
    enum Kind {
        ALLOW("allow"),
        CHALLENGE("challenge"),
        REFUSE("refuse");

        final String wire;

        Kind(String wire) {
            this.wire = wire;
        }
    }

    record Reason(String rule, double value, double threshold, String scope) {}

    /** @param until in milliseconds of the epoch; 0 for none */
    record Decision(Kind kind, List<Reason> reasons, long until) {
        static final Decision ALLOW = new Decision(Kind.ALLOW, List.of(), 0);

        static Decision refuse(String rule) {
            return new Decision(Kind.REFUSE, List.of(new Reason(rule, 1, 1, "")), 0);
        }
    }

    /** @param passed whether the asker has passed a challenge for this message */
    Decision judge(Event event, boolean passed, long now);

    /** The code of a message that was sent is typed. */
    void typed(Event event, long now);

    /** A carrier's receipt says that nobody has the number. */
    default void unknownSubscriber(Event event, long now) {}

    /** What the last decision took; negative where the run is to measure it. */
    default long micros() {
        return -1;
    }

    /** No more happens. */
    default void end() {}
}
