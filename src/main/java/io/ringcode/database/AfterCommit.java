package io.ringcode.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is to happen once the caller's transaction is committed. A rollback leaves it undone. */
public final class AfterCommit {
    private AfterCommit() {}

    /** Does it after the commit; at once where there is no transaction. */
    public static void run(Runnable work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            work.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    /** Forgets what was cached now, and again after the commit: until then somebody may read, and keep, what was there before. */
    public static void forget(Runnable forget) {
        forget.run();
        if (TransactionSynchronizationManager.isSynchronizationActive()) run(forget);
    }
}
