package io.ringcode.database;

import org.springframework.transaction.TransactionSystemException;

/** The connection was lost after COMMIT had been sent: nobody knows what the database kept. */
public final class CommitUnknown extends TransactionSystemException {
    CommitUnknown(Throwable lost) {
        super("Whether the transaction was committed is unknown", lost);
    }
}
