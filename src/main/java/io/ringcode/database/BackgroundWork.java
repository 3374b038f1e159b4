package io.ringcode.database;

import java.util.function.Supplier;

/**
 * Work in the background whose statements may take minutes, such as sums over a month. It has connections of its own, so that it
 * takes none from requests, whose statements have seconds.
 */
public final class BackgroundWork {
    private static final ScopedValue<Boolean> PATIENT = ScopedValue.newInstance();

    private BackgroundWork() {}

    public static void run(Runnable work) {
        ScopedValue.where(PATIENT, true).run(work);
    }

    public static <T> T call(Supplier<T> work) {
        return ScopedValue.where(PATIENT, true).call(work::get);
    }

    /** Whether this thread does such work. */
    public static boolean isUnderWay() {
        return PATIENT.isBound();
    }
}
