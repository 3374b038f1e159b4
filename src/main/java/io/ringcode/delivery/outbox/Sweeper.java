package io.ringcode.delivery.outbox;

import io.ringcode.database.DatabaseTrouble;
import io.ringcode.delivery.DeliverySettings;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.Providers;
import io.ringcode.delivery.outbox.MessageTable.DueMessage;
import io.ringcode.delivery.receipt.ReceiptMatching;
import io.ringcode.delivery.routing.AccountKey;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.delivery.routing.Routing;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.schedule.RecurringTasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox's retry loop: claims due messages, also those of a node that died, sends them, and ends expired ones. */
@Component
public class Sweeper implements RecurringTask {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int BATCH = 100;
    /** Of those that it took; what callers send has its own bounds. */
    private static final int MOST_IN_HAND = 1000;

    /** Of one account; beyond that no more of its messages are taken, so that a slow one holds up no others. */
    public static final int MOST_OF_ONE = 200;

    private final MessageTable messages;
    private final Routing routing;
    private final Providers providers;
    private final Dispatcher dispatcher;
    private final ReceiptMatching matching;
    private final Settlement settlement;
    private final RecurringTasks tasks;
    private final DeliverySettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final AtomicInteger inHand = new AtomicInteger();
    private final ConcurrentHashMap<AccountKey, Integer> inHandOf = new ConcurrentHashMap<>();

    Sweeper(
            MessageTable messages,
            Routing routing,
            Providers providers,
            Dispatcher dispatcher,
            ReceiptMatching matching,
            Settlement settlement,
            RecurringTasks tasks,
            DeliverySettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.messages = messages;
        this.routing = routing;
        this.providers = providers;
        this.dispatcher = dispatcher;
        this.matching = matching;
        this.settlement = settlement;
        this.tasks = tasks;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Takes one batch of due messages and starts to send them.
     *
     * @return how many rows it took, expired ones included
     */
    public int sweep() {
        var now = clock.instant();
        var lease = settings.lease(providers.longestSend(settings.carrierTimeout()));
        List<DueMessage> taken = transaction.execute(_ -> {
            var due = messages.claim(BATCH, full(), lease, now);
            due.stream().filter(DueMessage::expired).forEach(settlement::expired);
            return due;
        });
        for (var message : taken) handle(message, now.plus(lease));
        return taken.size();
    }

    /** Where a message, or what its tenant has set, cannot be read, those that were claimed with it go all the same. */
    private void handle(DueMessage message, Instant heldUntil) {
        try {
            if (message.overdue()) matching.handleOverdue(message.asOverdue());
            else if (!message.expired()) send(message, heldUntil);
        } catch (RuntimeException failure) {
            // Where the database is away, that would be so for each of them.
            if (DatabaseTrouble.isMeantBy(failure)) throw failure;
            // The exception's message could quote the text or a setting, so only its place is logged.
            LOG.error(
                    "Message {} was claimed and not sent; it is claimed again when its lease ends: {} at {}",
                    message.ref().id(),
                    failure.getClass().getName(),
                    failure.getStackTrace());
        }
    }

    private List<AccountKey> full() {
        return inHandOf.entrySet().stream()
                .filter(account -> account.getValue() >= MOST_OF_ONE)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void send(DueMessage due, Instant heldUntil) {
        var to = due.to();
        var text = due.text();
        if (to == null || text == null) {
            settlement.unreadable(due);
            return;
        }
        var ref = due.ref();
        var message = new PhoneMessage(
                ref.tenant(),
                ref.id(),
                due.user(),
                due.client(),
                to,
                due.channel(),
                text,
                due.language(),
                due.expiresAt(),
                due.context(),
                due.from());
        // Nobody waits for the result: Settlement records it.
        var usual = due.provider();
        var carrierOrder = routing.carrierOrder(ref.tenant(), due.channel(), to, due.region(), usual, due.without());
        var claimed = new ClaimedMessage(
                message,
                due.code(),
                usual,
                due.region(),
                due.attempt(),
                heldUntil,
                carrierOrder,
                carrierOrder.size() == 1 ? Set.of() : due.refusedBy(),
                due.unanswered(),
                List.of(),
                due.trace());
        inHand.incrementAndGet();
        inHandOf.merge(claimed.accountKey(), 1, Integer::sum);
        var _ = dispatcher.dispatch(claimed).whenComplete((_, _) -> {
            inHand.decrementAndGet();
            inHandOf.computeIfPresent(claimed.accountKey(), (_, count) -> count == 1 ? null : count - 1);
        });
    }

    @Override
    public String name() {
        return "delivery-sweep";
    }

    @Override
    public Duration period() {
        return settings.sweepInterval();
    }

    /** Several servers share the due messages out among themselves, row by row. */
    @Override
    public void run() {
        int taken = BATCH;
        while (taken == BATCH && !tasks.stopping() && inHand.get() < MOST_IN_HAND) taken = sweep();
        matching.matchEarly();
    }
}
