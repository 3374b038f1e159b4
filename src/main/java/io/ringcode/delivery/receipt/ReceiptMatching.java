package io.ringcode.delivery.receipt;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.budget.Budgets;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.MessageInTrouble;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.NumberUnknown;
import io.ringcode.delivery.TroubleReason;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.ReceiptAddresses;
import io.ringcode.delivery.receipt.ReceiptTable.Moved;
import io.ringcode.delivery.receipt.ReceiptTable.StoreResult;
import io.ringcode.delivery.routing.CarrierHealth;
import io.ringcode.delivery.routing.CarrierHealth.HealthKey;
import io.ringcode.delivery.routing.Routes;
import io.ringcode.tenant.TenantId;
import io.ringcode.trace.Attribute;
import io.ringcode.trace.Span;
import io.ringcode.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Matches receipts to accepted messages and handles those whose receipt is overdue. */
@Component
public class ReceiptMatching {
    private static final int BATCH = 100;
    /** How long a receipt may wait for the attempt that it belongs to: much longer than any request takes. */
    private static final Duration EARLY = Duration.ofMinutes(10);

    private final ReceiptTable receipts;
    private final ReplacementTable replacements;
    private final CarrierHealth health;
    private final Budgets budgets;
    private final ReportingHabits habits;
    private final Carriers carriers;
    private final ReceiptAddresses addresses;
    private final Routes routes;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Tracing tracing;

    ReceiptMatching(
            ReceiptTable receipts,
            ReplacementTable replacements,
            CarrierHealth health,
            Budgets budgets,
            ReportingHabits habits,
            Carriers carriers,
            ReceiptAddresses addresses,
            Routes routes,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            PlatformTransactionManager transactions,
            Clock clock,
            Tracing tracing) {
        this.receipts = receipts;
        this.replacements = replacements;
        this.health = health;
        this.budgets = budgets;
        this.habits = habits;
        this.carriers = carriers;
        this.addresses = addresses;
        this.routes = routes;
        this.events = events;
        this.meters = meters;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.tracing = tracing;
    }

    /** When a message that this carrier takes now should have a receipt; null where none is to be expected. */
    @Nullable
    public Instant receiptDueAt(TenantId tenant, String provider) {
        if (carriers.receipts(provider).isEmpty()
                || addresses.of(tenant, provider).isEmpty()) return null;
        return clock.instant().plus(routes.settings(tenant).receiptWait());
    }

    /** @return whether the receipt is new */
    public boolean store(TenantId tenant, String provider, Receipt receipt, boolean signed) {
        var stored = receipts.store(tenant, provider, receipt, signed, clock.instant());
        if (stored == StoreResult.MATCHED) apply(tenant, provider, receipt);
        return stored != StoreResult.REPEATED;
    }

    /** Matches receipts that came before the answer to the request they are about; deletes those that belong to no message. */
    public void matchEarly() {
        for (var early : receipts.waiting(BATCH))
            transaction.executeWithoutResult(_ -> apply(early.tenant(), early.provider(), early.receipt()));
        receipts.dropUnknown(clock.instant().minus(EARLY));
    }

    private void apply(TenantId tenant, String provider, Receipt receipt) {
        var price = receipt.price();
        if (price != null && budgets.isActive(tenant))
            receipts.attempt(tenant, provider, receipt.vendorId())
                    .ifPresent(attempt -> budgets.correct(attempt, price.amount(), price.currency()));
        if (receipt.state() == Receipt.State.SENT_FINAL) {
            receipts.applyLastWord(tenant, provider, receipt.vendorId()).ifPresent(message -> {
                try (var _ = span(message, tenant, provider, receipt)) {
                    if (message.moved()) arrived(message.key(tenant, provider), "sent");
                }
            });
            return;
        }
        var end = end(receipt.state());
        var blameless = receipt.fault() == FailureCause.NUMBER || receipt.fault() == FailureCause.OPT_OUT;
        var alarm = end == MessageState.UNDELIVERED
                && !blameless
                && routes.settings(tenant).helpsUndelivered();
        var found = receipts.apply(tenant, provider, receipt.vendorId(), end, alarm, clock.instant());
        if (found.isEmpty()) return;
        try (var _ = span(found.get(), tenant, provider, receipt)) {
            if (found.get().moved() && end != null) ended(found.get(), tenant, provider, receipt, end, blameless);
        }
    }

    /** The receipt as a part of the trace that its message was stored in; {@link Span#NONE} where that was none. */
    private Span span(Moved message, TenantId tenant, String provider, Receipt receipt) {
        if (message.trace() == null) return Span.NONE;
        return tracing.continued(Tracing.Kind.CONSUMER, "receipt", message.trace())
                .with(Attribute.TENANT, tenant.value())
                .with(Attribute.MESSAGE, message.id())
                .with(Attribute.CARRIER, provider)
                .with(Attribute.CHANNEL, message.channel().wire())
                .with(Attribute.COUNTRY, message.key(tenant, provider).region())
                .with(Attribute.OUTCOME, ReceiptTable.wire(receipt.state()));
    }

    private void ended(
            Moved message, TenantId tenant, String provider, Receipt receipt, MessageState end, boolean blameless) {
        var arrived = end == MessageState.DELIVERED;
        var transaction = message.transaction();
        if (!arrived && receipt.fault() == FailureCause.NUMBER && transaction != null)
            events.publishEvent(new NumberUnknown(tenant, transaction));
        var key = message.key(tenant, provider);
        health.recordArrival(key, arrived || blameless);
        count(key, end.wire());
        if (arrived)
            meters.timer("ringcode.arrival", "provider", provider, "country", key.region())
                    .record(Duration.between(message.acceptedAt(), clock.instant()));
    }

    /**
     * Asks for a remedy where the tenant wants one and the carrier's silence is that of a message which did not arrive; else
     * ends the wait.
     */
    public void handleOverdue(OverdueMessage message) {
        var tenant = message.ref().tenant();
        var undelivered = message.state() == MessageState.UNDELIVERED;
        var missing = !undelivered && isMissing(message);
        var wanted = (undelivered || missing)
                && message.replaceable()
                && message.expiresAt().isAfter(clock.instant())
                && routes.settings(tenant).helpsUndelivered();
        if (wanted)
            events.publishEvent(new MessageInTrouble(
                    tenant, message.ref().id(), undelivered ? TroubleReason.UNDELIVERED : TroubleReason.NO_RECEIPT));
        else replacements.stopWaiting(message.ref());
    }

    /** Judges a message that its carrier took by what that carrier normally reports there. */
    private boolean isMissing(OverdueMessage message) {
        var key = message.key();
        var sent = receipts.isSent(message.ref());
        var habit = habits.of(key);
        var missing = sent ? habit.goesOnAfterSent() : habit.reports();
        if (missing) {
            health.recordArrival(key, false);
            count(key, "missing");
        } else if (sent) arrived(key, "sent");
        return missing;
    }

    /** As far as this carrier can tell there. */
    private void arrived(HealthKey key, String lastWord) {
        health.recordArrival(key, true);
        count(key, lastWord);
    }

    private void count(HealthKey key, String result) {
        meters.counter(
                        "ringcode.arrivals",
                        "provider",
                        key.provider(),
                        "channel",
                        key.channel().wire(),
                        "country",
                        key.region(),
                        "result",
                        result)
                .increment();
    }

    private static @Nullable MessageState end(Receipt.State state) {
        return switch (state) {
            case SENT, SENT_FINAL -> null;
            case DELIVERED -> MessageState.DELIVERED;
            case UNDELIVERED, FAILED -> MessageState.UNDELIVERED;
        };
    }
}
