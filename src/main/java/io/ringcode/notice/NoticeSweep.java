package io.ringcode.notice;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.batch.RetriedTransaction;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.notice.NoticeTable.Due;
import io.ringcode.schedule.RecurringTask;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Turns stored notices into messages and mails, each in a transaction of its own that deletes the notice as well. One that fails
 * is tried again after a growing while.
 */
@Component
class NoticeSweep implements RecurringTask {
    /** The kind of rows that ask for a new password. */
    static final String RESET = "password-reset";

    /** The kind of rows to administrators. */
    static final String DENIED = "denied";

    /** The kind of rows to administrators of phones that are reported as lost. */
    static final String LOSS = "loss";

    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 9;

    /** Longer than a request to a webhook may take. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Until a tenant whose webhook is slow has room for one more. */
    private static final Duration FULL = Duration.ofSeconds(5);

    private static final int MOST_AT_A_TIME = 200;
    private static final Logger log = LoggerFactory.getLogger(NoticeSweep.class);

    private final NoticeTable table;
    private final NoticeMails byMail;
    private final NoticeMessages byPhone;
    private final NoticeWebhooks byWebhook;
    private final Deliveries deliveries;
    private final RetriedTransaction transactions;
    private final Clock clock;
    private final MeterRegistry registry;
    private final ApplicationEventPublisher events;

    NoticeSweep(
            NoticeTable table,
            NoticeMails byMail,
            NoticeMessages byPhone,
            NoticeWebhooks byWebhook,
            Deliveries deliveries,
            RetriedTransaction transactions,
            Clock clock,
            MeterRegistry registry,
            ApplicationEventPublisher events) {
        this.table = table;
        this.byMail = byMail;
        this.byPhone = byPhone;
        this.byWebhook = byWebhook;
        this.deliveries = deliveries;
        this.transactions = transactions;
        this.clock = clock;
        this.registry = registry;
        this.events = events;
    }

    @Override
    public String name() {
        return "notices";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void run() {
        for (int i = 0; i < MOST_AT_A_TIME; i++) if (!sendNext()) return;
    }

    /** What a row came to. */
    private sealed interface Done {
        /** None was due. */
        record Nothing() implements Done {}

        /** It is a message or a mail now, or is not to be sent. */
        record Handed(@Nullable Promised message) implements Done {}

        /** A webhook, claimed for as long as its request may take: another server has it when this one dies. */
        record Claimed(Due due, NoticeWebhooks.Call call) implements Done {}
    }

    /** @return whether one was due */
    private boolean sendNext() {
        var at = new AtomicReference<@Nullable Due>();
        try {
            var done = transactions.execute(() -> {
                var due = table.next(clock.instant());
                at.set(due.orElse(null));
                return due.map(this::send).orElse(new Done.Nothing());
            });
            return switch (done) {
                case Done.Nothing() -> false;
                case Done.Handed(var message) -> {
                    if (message != null) deliveries.send(message, Duration.ZERO);
                    yield true;
                }
                case Done.Claimed(var due, var call) -> {
                    if (byWebhook.begin(due.tenant())) Thread.startVirtualThread(() -> post(due, call));
                    else table.hold(due, clock.instant().plus(FULL));
                    yield true;
                }
            };
        } catch (NotSent refused) {
            // What was counted for it is given back with the transaction; it does not wait for money.
            var due = at.get();
            if (due != null) table.delete(due);
            refused.tell();
            return true;
        } catch (RuntimeException failure) {
            var due = at.get();
            if (due == null) throw failure;
            table.later(due, clock.instant().plus(wait(due)));
            log.warn(
                    "A notice could not be made; it is tried again: {}",
                    failure.getClass().getName());
            return true;
        }
    }

    private Done send(Due due) {
        var message = Optional.<Promised>empty();
        switch (table.open(due)) {
            case Facts.Webhook webhook -> {
                return claim(due, webhook);
            }
            case Facts.Event event when event.phone() != null -> message = byPhone.send(due.tenant(), event);
            case Facts.Event event -> byMail.tell(due.tenant(), event);
            case Facts.ResetAsked asked -> byMail.reset(due.tenant(), asked);
            case Facts.Denied denied -> byMail.denied(due.tenant(), denied);
            case Facts.Loss loss -> byMail.loss(due.tenant(), loss);
        }
        table.delete(due);
        return new Done.Handed(message.orElse(null));
    }

    private static Duration wait(Due due) {
        return FIRST_WAIT.multipliedBy(1L << Math.min(due.tries(), MOST_DOUBLINGS));
    }

    private Done claim(Due due, Facts.Webhook notice) {
        if (!byWebhook.hasRoom(due.tenant())) {
            table.hold(due, clock.instant().plus(FULL));
            return new Done.Handed(null);
        }
        var call = byWebhook.prepare(due.tenant(), due.id(), due.tries(), notice);
        if (call.isEmpty()) {
            table.delete(due);
            return new Done.Handed(null);
        }
        table.hold(due, clock.instant().plus(LEASE));
        return new Done.Claimed(due, call.get());
    }

    /** Twice is better than never: what a server has taken and could not say goes again, under the same id. */
    private void post(Due due, NoticeWebhooks.Call call) {
        try {
            byWebhook.post(call);
            registry.counter("ringcode.notice.webhooks", "result", "taken").increment();
            table.delete(due);
        } catch (IOException failure) {
            registry.counter("ringcode.notice.webhooks", "result", "failed").increment();
            table.later(due, clock.instant().plus(wait(due)));
            var reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            if (due.tries() == 0) events.publishEvent(new NoticeEvent.WebhookFailed(due.tenant(), reason));
        } catch (RuntimeException failure) {
            // Its lease ends, and it is tried again.
            log.warn("A notice could not be sent: {}", failure.getClass().getName());
        } finally {
            byWebhook.done(due.tenant());
        }
    }
}
