package io.ringcode.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.delivery.ReceiptTable.Kept;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What became of the messages that carriers took: told by receipts, or by there being none. */
@Component
class Arrivals {
    private static final int BATCH = 100;
    /** How long before our own settlement a receipt can come, with much to spare. */
    private static final Duration EARLY = Duration.ofMinutes(10);

    private final ReceiptTable receipts;
    private final WatchTable watched;
    private final CarrierHealth health;
    private final Carriers carriers;
    private final ReceiptAddresses addresses;
    private final Routes routes;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;
    private final Clock clock;

    Arrivals(
            ReceiptTable receipts,
            WatchTable watched,
            CarrierHealth health,
            Carriers carriers,
            ReceiptAddresses addresses,
            Routes routes,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Clock clock) {
        this.receipts = receipts;
        this.watched = watched;
        this.health = health;
        this.carriers = carriers;
        this.addresses = addresses;
        this.routes = routes;
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    /** When a message that this carrier takes now should have a receipt; null where none is to be expected. */
    @Nullable
    Instant due(TenantId tenant, String provider) {
        if (carriers.receipts(provider).isEmpty()
                || addresses.of(tenant, provider).isEmpty()) return null;
        return clock.instant().plus(routes.settings(tenant).receiptWait());
    }

    /** @return whether it was heard for the first time */
    boolean take(TenantId tenant, String provider, Receipt receipt, boolean signed) {
        var kept = receipts.keep(tenant, provider, receipt, signed, clock.instant());
        if (kept == Kept.MATCHED) apply(tenant, provider, receipt);
        return kept != Kept.REPEATED;
    }

    /** Applies the receipts that came before the answer to our own request; forgets those that belong to nothing. */
    void matchWaiting() {
        for (var early : receipts.waiting(BATCH)) apply(early.tenant(), early.provider(), early.receipt());
        receipts.dropUnknown(clock.instant().minus(EARLY));
    }

    private void apply(TenantId tenant, String provider, Receipt receipt) {
        var end = end(receipt.state());
        var blameless = receipt.fault() == Fault.NUMBER || receipt.fault() == Fault.OPT_OUT;
        var alarm = "undelivered".equals(end)
                && !blameless
                && routes.settings(tenant).otherChannel().enabled();
        var found = receipts.apply(tenant, provider, receipt.vendorId(), end, alarm, clock.instant());
        if (found.isEmpty() || !found.get().moved() || end == null) return;
        var message = found.get();
        var arrived = end.equals("delivered");
        var region = message.region() == null ? "none" : message.region();
        health.told(new CarrierHealth.Way(tenant, provider, message.channel(), region), arrived || blameless);
        count(provider, message.channel().wire(), region, end);
        if (arrived)
            meters.timer("ringcode.arrival", "provider", provider, "country", region)
                    .record(Duration.between(message.acceptedAt(), clock.instant()));
    }

    /** For a message that has been without a receipt for too long, or has one that says it did not arrive. */
    void overdue(OverdueMessage message) {
        var tenant = message.ref().tenant();
        var silent = message.state().equals("accepted");
        var normallyTold = receipts.hasAny(tenant, message.provider());
        if (silent && normallyTold) {
            var region = message.region() == null ? "none" : message.region();
            health.told(new CarrierHealth.Way(tenant, message.provider(), message.channel(), region), false);
            count(message.provider(), message.channel().wire(), region, "missing");
        }
        var wanted = normallyTold
                && message.replaceable()
                && message.expiresAt().isAfter(clock.instant())
                && routes.settings(tenant).otherChannel().enabled();
        if (wanted)
            events.publishEvent(
                    new MessageInTrouble(tenant, message.ref().id(), silent ? "no_receipt" : "undelivered"));
        else watched.unwatch(message.ref());
    }

    private void count(String provider, String channel, String region, String result) {
        meters.counter(
                        "ringcode.arrivals",
                        "provider",
                        provider,
                        "channel",
                        channel,
                        "country",
                        region,
                        "result",
                        result)
                .increment();
    }

    private static @Nullable String end(Receipt.State state) {
        return switch (state) {
            case SENT -> null;
            case DELIVERED -> "delivered";
            case UNDELIVERED, FAILED -> "undelivered";
        };
    }
}
