package io.ringcode.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transaction manager, which sends {@link LastWrites} with COMMIT, and tells two failures of a lost connection apart: before COMMIT was sent the server has rolled
 * back, so that the work may be done again; after that its outcome is unknown ({@link CommitUnknown}).
 */
@Component("transactionManager")
public final class Transactions extends JdbcTransactionManager {
    public Transactions(DataSource pool) {
        super(pool);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        LastWrites.begin();
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        LastWrites.end();
        super.doCleanupAfterCompletion(transaction);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try {
            var last = LastWrites.pending();
            if (last.isEmpty()) super.doCommit(status);
            else writeAndCommit(last);
        } catch (RuntimeException failure) {
            // An answer of the server, such as a constraint that is checked at the end, says that it has rolled back.
            if (DatabaseTrouble.of(failure) == DatabaseTrouble.UNREACHABLE) throw new CommitUnknown(failure);
            throw failure;
        }
    }

    private void writeAndCommit(LastWrites.Pending last) {
        var holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
        if (holder == null) throw new IllegalStateException("The transaction has no connection");
        try {
            last.writeAndCommit(holder.getConnection());
        } catch (SQLException failure) {
            throw translateException("The last writes of a transaction, and its commit", failure);
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
