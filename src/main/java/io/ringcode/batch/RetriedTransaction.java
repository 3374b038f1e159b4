package io.ringcode.batch;

import io.ringcode.database.LostConnection;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction that is run again when another one got in its way, such as by a deadlock, or a row that both made at once; or when its
 * connection broke.
 */
@Component
public class RetriedTransaction {
    static final int TRIES = 4;

    private final TransactionTemplate transaction;

    RetriedTransaction(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param work that may be done again from its beginning */
    public <T> T execute(Function<TransactionStatus, T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return Objects.requireNonNull(LostConnection.retry(transaction, work::apply));
            } catch (ConcurrencyFailureException inTheWay) {
                if (tries == TRIES) throw inTheWay;
            }
        }
    }

    public <T> T execute(Supplier<T> work) {
        return execute(_ -> work.get());
    }
}
