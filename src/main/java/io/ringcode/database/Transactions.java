package io.ringcode.database;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * The transaction manager, which tells two failures of a lost connection apart: before COMMIT was sent the server has rolled
 * back, so that the work may be done again; after that its outcome is unknown ({@link CommitUnknown}).
 */
@Component("transactionManager")
public final class Transactions extends JdbcTransactionManager {
    public Transactions(DataSource pool) {
        super(pool);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try {
            super.doCommit(status);
        } catch (RuntimeException failure) {
            // An answer of the server, such as a constraint that is checked at the end, says that it has rolled back.
            if (DatabaseTrouble.of(failure) == DatabaseTrouble.UNREACHABLE) throw new CommitUnknown(failure);
            throw failure;
        }
    }

    /** Where the connection is lost the server rolls back by itself; its first failure is the one to tell of. */
    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (RuntimeException failure) {
            if (!DatabaseTrouble.isMeantBy(failure)) throw failure;
            logger.debug("A transaction was lost with its connection", failure);
        }
    }
}
