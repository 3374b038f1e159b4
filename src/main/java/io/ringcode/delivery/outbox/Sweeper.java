package io.ringcode.delivery.outbox;

import io.ringcode.delivery.DeliverySettings;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.Providers;
import io.ringcode.delivery.outbox.MessageTable.DueMessage;
import io.ringcode.delivery.receipt.ReceiptMatching;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.delivery.routing.Routing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox's retry loop: claims due messages, also those of a node that died, sends them, and ends expired ones. */
@Component
public class Sweeper implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int BATCH = 100;
    private static final int MOST_IN_HAND = 1000;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final MessageTable messages;
    private final Routing routing;
    private final Providers providers;
    private final Dispatcher dispatcher;
    private final ReceiptMatching matching;
    private final Settlement settlement;
    private final Housekeeping housekeeping;
    private final DeliverySettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private @Nullable Loop loop;

    Sweeper(
            MessageTable messages,
            Routing routing,
            Providers providers,
            Dispatcher dispatcher,
            ReceiptMatching matching,
            Settlement settlement,
            Housekeeping housekeeping,
            DeliverySettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.messages = messages;
        this.routing = routing;
        this.providers = providers;
        this.dispatcher = dispatcher;
        this.matching = matching;
        this.settlement = settlement;
        this.housekeeping = housekeeping;
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
            var due = messages.claim(BATCH, lease, now);
            due.stream().filter(DueMessage::expired).forEach(settlement::expired);
            return due;
        });
        for (var message : taken) {
            if (message.overdue()) matching.handleOverdue(message.asOverdue());
            else if (!message.expired()) send(message, now.plus(lease));
        }
        return taken.size();
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
        var _ = dispatcher.dispatch(new ClaimedMessage(
                message,
                due.code(),
                usual,
                due.region(),
                due.attempt(),
                heldUntil,
                carrierOrder,
                carrierOrder.size() == 1 ? Set.of() : due.refusedBy(),
                due.unanswered(),
                List.of()));
    }

    @Override
    public synchronized void start() {
        dispatcher.open();
        loop = new Loop();
        loop.thread = Thread.ofVirtual().name("delivery-sweep").start(loop);
    }

    /** Claims nothing more and lets the sends in hand finish. */
    @Override
    public synchronized void stop() {
        if (loop == null) return;
        loop.end();
        loop = null;
        dispatcher.drain(LAST_ANSWERS);
    }

    @Override
    public synchronized boolean isRunning() {
        return loop != null;
    }

    @Override
    public boolean isAutoStartup() {
        return settings.sweepInterval().isPositive();
    }

    /** Stops after the web server, whose last requests still send; its lifecycles are at 1024 and 2048 below the top. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }

    private final class Loop implements Runnable {
        private final CountDownLatch ended = new CountDownLatch(1);
        private @Nullable Thread thread;

        @Override
        public void run() {
            try {
                while (!ended.await(settings.sweepInterval().toNanos(), TimeUnit.NANOSECONDS)) round();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        private void round() {
            try {
                int taken = BATCH;
                while (taken == BATCH && ended.getCount() > 0 && dispatcher.inHand() < MOST_IN_HAND) taken = sweep();
                matching.matchEarly();
                housekeeping.runWhenDue();
            } catch (DataAccessException | TransactionException databaseAway) {
                LOG.warn("The database did not answer a sweep; the next one follows: {}", databaseAway.getMessage());
            } catch (RuntimeException bug) {
                LOG.error("A sweep failed; the next one follows", bug);
            }
        }

        private void end() {
            ended.countDown();
            try {
                if (thread != null) thread.join(LAST_ANSWERS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
