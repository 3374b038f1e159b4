package io.ringcode.notice;

import io.ringcode.batch.RetriedTransaction;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.notice.NoticeTable.Due;
import io.ringcode.schedule.RecurringTask;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 9;
    private static final int MOST_AT_A_TIME = 200;
    private static final Logger log = LoggerFactory.getLogger(NoticeSweep.class);

    private final NoticeTable table;
    private final NoticeMails byMail;
    private final NoticeMessages byPhone;
    private final Deliveries deliveries;
    private final RetriedTransaction transactions;
    private final Clock clock;

    NoticeSweep(
            NoticeTable table,
            NoticeMails byMail,
            NoticeMessages byPhone,
            Deliveries deliveries,
            RetriedTransaction transactions,
            Clock clock) {
        this.table = table;
        this.byMail = byMail;
        this.byPhone = byPhone;
        this.deliveries = deliveries;
        this.transactions = transactions;
        this.clock = clock;
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
    private record Done(boolean found, @Nullable Promised message) {}

    /** @return whether one was due */
    private boolean sendNext() {
        var at = new AtomicReference<@Nullable Due>();
        try {
            var done = transactions.execute(() -> {
                var due = table.next(clock.instant());
                at.set(due.orElse(null));
                return due.map(this::send).orElse(new Done(false, null));
            });
            if (done.message() != null) deliveries.send(done.message(), Duration.ZERO);
            return done.found();
        } catch (NotSent refused) {
            // What was counted for it is given back with the transaction; it does not wait for money.
            var due = at.get();
            if (due != null) table.delete(due);
            refused.tell();
            return true;
        } catch (RuntimeException failure) {
            var due = at.get();
            if (due == null) throw failure;
            var wait = FIRST_WAIT.multipliedBy(1L << Math.min(due.tries(), MOST_DOUBLINGS));
            table.later(due, clock.instant().plus(wait));
            log.warn(
                    "A notice could not be made; it is tried again: {}",
                    failure.getClass().getName());
            return true;
        }
    }

    private Done send(Due due) {
        var message = Optional.<Promised>empty();
        switch (table.open(due)) {
            case Facts.Event event when event.phone() != null -> message = byPhone.send(due.tenant(), event);
            case Facts.Event event -> byMail.tell(due.tenant(), event);
            case Facts.ResetAsked asked -> byMail.reset(due.tenant(), asked);
            case Facts.Denied denied -> byMail.denied(due.tenant(), denied);
        }
        table.delete(due);
        return new Done(true, message.orElse(null));
    }
}
