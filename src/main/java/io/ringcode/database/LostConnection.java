package io.ringcode.database;

import java.sql.SQLTransientConnectionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Retry after a connection that broke under the work: at once, and only where nothing can have been kept. That is so before
 * COMMIT was sent; PostgreSQL then rolls back. Where no connection was to be had, the pool has waited already.
 */
public final class LostConnection {
    /**
     * A pool replaces its connections once one has broken, except for one: it opens them one at a time, and may be about to take in
     * one that it had opened before the loss. So two may be in vain, and the third is new.
     */
    private static final int TRIES = 3;

    private LostConnection() {}

    /** What is done on a connection, and may be done again from its beginning. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, X extends Exception> {
        T run() throws X;
    }

    /** Of work that keeps nothing unless it ends well. */
    public static <T extends @Nullable Object, X extends Exception> T retry(Work<T, X> work) throws X {
        return retry(work, () -> false);
    }

    public static <T> @Nullable T retry(TransactionOperations transaction, TransactionCallback<T> work) {
        var end = new End();
        return LostConnection.<@Nullable T, RuntimeException>retry(
                () -> transaction.execute(status -> {
                    if (TransactionSynchronizationManager.isSynchronizationActive())
                        TransactionSynchronizationManager.registerSynchronization(end);
                    return work.doInTransaction(status);
                }),
                () -> end.committed);
    }

    private static <T extends @Nullable Object, X extends Exception> T retry(Work<T, X> work, BooleanSupplier isKept)
            throws X {
        for (int tries = TRIES; ; tries--) {
            try {
                return work.run();
            } catch (Exception failure) {
                if (tries == 1 || isKept.getAsBoolean() || !isMeantBy(failure)) throw failure;
            }
        }
    }

    /** Whether a connection broke in use; not that none was to be had. */
    public static boolean isMeantBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof CommitUnknown || cause instanceof SQLTransientConnectionException) return false;
        var state = SqlState.of(failure);
        return state != null && (state.startsWith("57P") || state.startsWith("08"));
    }

    private static final class End implements TransactionSynchronization {
        private boolean committed;

        @Override
        public void afterCompletion(int status) {
            committed |= status == STATUS_COMMITTED;
        }
    }
}
