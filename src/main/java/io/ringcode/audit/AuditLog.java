package io.ringcode.audit;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps what was heard until the transaction it was heard in is about to commit, and writes it there as one. */
@Component
class AuditLog {
    private final LogTable table;

    AuditLog(LogTable table) {
        this.table = table;
    }

    /** What is rolled back leaves no line; what happens outside of a transaction is written at once. */
    void add(LogLine line) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            table.insert(List.of(line));
            return;
        }
        // A resource of the transaction, which is found at once, where synchronizations are copied and sorted to be
        // looked through.
        if (TransactionSynchronizationManager.getResource(this) instanceof Heard heard) heard.lines.add(line);
        else {
            var heard = new Heard(line);
            TransactionSynchronizationManager.bindResource(this, heard);
            TransactionSynchronizationManager.registerSynchronization(heard);
        }
    }

    private final class Heard implements TransactionSynchronization {
        private final List<LogLine> lines = new ArrayList<>();

        Heard(LogLine first) {
            lines.add(first);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            table.insert(lines);
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResourceIfPossible(AuditLog.this);
        }
    }
}
