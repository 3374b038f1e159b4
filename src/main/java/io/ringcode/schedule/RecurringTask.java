package io.ringcode.schedule;

import java.time.Duration;

/**
 * A recurring task. Every bean of this type is run by {@link RecurringTasks}: once per {@link #period}, never twice at the
 * same time on one server, and again after a failure of any kind.
 */
public interface RecurringTask {
    /** For the log, metrics and the table {@code recurring_task}, such as {@code expired-rows}. */
    String name();

    /** From the end of one run to the beginning of the next; not positive: only when it is asked for. */
    Duration period();

    /** Which of several servers on one database run it. */
    default Servers servers() {
        return Servers.EACH;
    }

    void run();

    enum Servers {
        /** Each by itself: what it works on is the server's own, or shared out row by row. */
        EACH,
        /** One per period, whichever comes first. */
        ONE
    }
}
