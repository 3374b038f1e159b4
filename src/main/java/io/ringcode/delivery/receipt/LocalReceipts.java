package io.ringcode.delivery.receipt;

import io.ringcode.delivery.carrier.LocalReceipt;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the receipts of the simulated phone network as a carrier's webhook would. */
@Component
class LocalReceipts {
    private final ReceiptMatching matching;
    private final TransactionTemplate transaction;

    LocalReceipts(ReceiptMatching matching, PlatformTransactionManager transactions) {
        this.matching = matching;
        this.transaction = new TransactionTemplate(transactions);
    }

    @EventListener
    void store(LocalReceipt heard) {
        transaction.executeWithoutResult(_ -> matching.store(heard.tenant(), heard.provider(), heard.receipt(), true));
    }
}
