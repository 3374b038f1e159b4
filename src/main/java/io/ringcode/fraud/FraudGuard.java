package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.tenant.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The one door to sending: decides by all {@link SendRule}s whether a message may go out, and counts it. */
@Component
public class FraudGuard {
    private final List<SendRule> rules;
    private final Tenants tenants;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    FraudGuard(
            List<SendRule> rules,
            Tenants tenants,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.rules = rules;
        this.tenants = tenants;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    /**
     * Judges one message within the caller's transaction, and counts it there: a commit keeps what was counted, a rollback
     * gives it back. A caller that is denied rolls back, so that a client that keeps asking does not push its own release
     * further away, and then tells {@link #report}.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public Admission admit(SendRequest request, Instant now) {
        if (!TransactionSynchronizationManager.isSynchronizationActive())
            throw new IllegalStateException("A message is admitted in the transaction that queues it");
        var settings = tenants.settings(request.tenant());
        for (var rule : rules) {
            var denied = rule.judge(request, settings, now);
            if (denied.isPresent()) return denied.get();
        }
        return new Admitted();
    }

    /** Judges a message that no transaction of the caller's belongs to, counts it, and reports a refusal. */
    public Admission admitAlone(SendRequest request, Instant now) {
        var admission = Objects.requireNonNull(transactions.execute(status -> {
            var judged = admit(request, now);
            if (judged instanceof Denied) status.setRollbackOnly();
            return judged;
        }));
        if (admission instanceof Denied denied) report(request, denied);
        return admission;
    }

    /** Writes a refusal into the log and the metrics, after the transaction that it ended. */
    public void report(SendRequest request, Denied denied) {
        transactions.executeWithoutResult(_ -> events.publishEvent(new SendRefused(request, denied)));
    }
}
