package io.ringcode.fraud;

import io.ringcode.batch.RetriedTransaction;
import io.ringcode.budget.Budgets.Exhausted;
import io.ringcode.database.AfterCommit;
import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.SendRule.Asked;
import io.ringcode.fraud.SendRule.Judge;
import io.ringcode.fraud.traffic.Traffic;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The one door to sending: decides by all {@link SendRule}s whether a message may go out, and counts it. */
@Component
public class FraudGuard {
    private final List<SendRule> rules;
    private final Tenants tenants;
    private final RetriedTransaction transactions;
    private final ApplicationEventPublisher events;
    private final Traffic traffic;

    FraudGuard(
            List<SendRule> rules,
            Tenants tenants,
            RetriedTransaction transactions,
            ApplicationEventPublisher events,
            Traffic traffic) {
        this.traffic = traffic;
        this.rules = rules;
        this.tenants = tenants;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * Judges messages, one after the other, within the transaction that queues those that are admitted, and counts them there:
     * a commit keeps what was counted, a rollback gives it back. Of one that is denied nothing is counted, so that a client
     * that keeps asking does not push its own release further away; the log gets its line.
     *
     * @return in the order of the requests
     * @throws IllegalStateException outside of a transaction
     * @throws org.springframework.dao.ConcurrencyFailureException when another transaction came in between; then this one is
     *     to be rolled back, and may be tried again
     */
    public List<Admission> admit(List<SendRequest> requests, Instant now) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("A message is admitted in the transaction that queues it");
        var messages = requests.stream()
                .map(request -> new Asked(request, tenants.settings(request.tenant())))
                .toList();
        var judges = rules.stream().map(rule -> rule.begin(messages, now)).toList();
        var admissions = new Admission[messages.size()];
        // By tenant, whose rows are locked when their leases are used up, so that two servers never wait in a circle.
        IntStream.range(0, admissions.length)
                .boxed()
                .sorted(Comparator.comparing(
                        i -> messages.get(i).request().tenant().value()))
                .forEach(i -> admissions[i] = admit(messages.get(i), judges));
        judges.forEach(Judge::write);
        return List.of(admissions);
    }

    private Admission admit(Asked message, List<Judge> judges) {
        for (var judge : judges) {
            var answer = judge.judge(message).orElse(null);
            if (answer == null) continue;
            if (answer instanceof Denied denied) events.publishEvent(new SendRefused(message.request(), denied));
            return answer;
        }
        judges.forEach(judge -> judge.count(message));
        return new Admitted(judges.stream()
                .flatMap(judge -> judge.watched(message).stream())
                .toList());
    }

    /**
     * Refuses a message that was admitted and for whose price a budget turned out to have no room. Called when the transaction that
     * counted it has been rolled back.
     */
    public Denied overBudget(SendRequest request, Exhausted exhausted, Instant now) {
        var denied = BudgetRule.denied(exhausted, now);
        events.publishEvent(new SendRefused(request, denied));
        return denied;
    }

    /** Judges one message, within the caller's transaction as {@link #admit(List, Instant)} does. */
    public Admission admit(SendRequest request, Instant now) {
        return admit(List.of(request), now).getFirst();
    }

    /** The code of a message was typed. Counts once the caller's transaction is committed. */
    public void typed(TenantId tenant, UUID login) {
        AfterCommit.run(() -> traffic.typed(tenant, login));
    }

    /** A carrier says that a message's number is nobody's. Counts once the caller's transaction, if any, is committed. */
    public void unknownSubscriber(TenantId tenant, UUID login) {
        AfterCommit.run(() -> traffic.unknownSubscriber(tenant, login));
    }

    /** Judges a message that no transaction of the caller's belongs to, and counts it. */
    public Admission admitAlone(SendRequest request, Instant now) {
        return transactions.execute(() -> admit(request, now));
    }
}
