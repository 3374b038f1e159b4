package io.ringcode.database;

import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Retry after a connection that broke under the work: once, at once, and only where nothing can have been kept. That is so before
 * COMMIT was sent; PostgreSQL then rolls back. Where no connection was to be had, the pool has waited already.
 */
public final class LostConnection {
    private LostConnection() {}

    /** @param work that may be done again from its beginning */
    public static <T> @Nullable T onceMore(TransactionOperations transaction, TransactionCallback<T> work) {
        var end = new End();
        try {
            return transaction.execute(status -> {
                if (TransactionSynchronizationManager.isSynchronizationActive())
                    TransactionSynchronizationManager.registerSynchronization(end);
                return work.doInTransaction(status);
            });
        } catch (RuntimeException failure) {
            if (end.committed || !isMeantBy(failure)) throw failure;
            return transaction.execute(work);
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
