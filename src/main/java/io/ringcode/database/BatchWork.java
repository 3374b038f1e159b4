package io.ringcode.database;

import java.time.Duration;

/**
 * Transactions of many callers at once. They have connections of their own that wait only briefly for a locked row, so that one
 * item's row does not stop the others; a setting of the connection costs none of them a statement.
 */
public final class BatchWork {
    /** For a locked row: shorter than the database takes to look for deadlocks, so that neither stops a step for long. */
    public static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    private static final ScopedValue<Boolean> BATCH = ScopedValue.newInstance();

    private BatchWork() {}

    public static void run(Runnable work) {
        ScopedValue.where(BATCH, true).run(work);
    }

    /** Whether this thread does such work. */
    public static boolean isUnderWay() {
        return BATCH.isBound();
    }
}
