package io.ringcode.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.delivery.MessageSettled.Result;
import io.ringcode.delivery.MessageTable.Attempt;
import io.ringcode.delivery.MessageTable.Claimed;
import io.ringcode.delivery.MessageTable.Ref;
import io.ringcode.delivery.SendResult.Accepted;
import io.ringcode.delivery.SendResult.Refused;
import io.ringcode.delivery.SendResult.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what became of an attempt, tells who listens, and decides what comes next. */
@Component
class Settlement {
    private final MessageTable messages;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;
    private final Clock clock;

    Settlement(
            MessageTable messages,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Clock clock) {
        this.messages = messages;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    Handover settle(Parcel parcel, SendResult answer, Duration latency) {
        var now = clock.instant();
        return switch (answer) {
            case Accepted(var vendorId) -> {
                write(parcel, Result.ACCEPTED, null, new Attempt("accepted", vendorId, null, latency), now);
                yield new Handover.Accepted();
            }
            case Refused(var code, var fault) -> {
                write(parcel, Result.REFUSED, null, new Attempt("refused", null, code, latency), now);
                yield new Handover.Refused(code, fault);
            }
            case Unavailable(var code, var retryAfter) -> {
                var told = new Attempt("unavailable", null, code, latency);
                var next = now.plus(Backoff.after(parcel.attempt(), retryAfter, ThreadLocalRandom.current()));
                if (next.isBefore(parcel.message().expiresAt())) {
                    write(parcel, Result.UNAVAILABLE, next, told, now);
                    yield new Handover.Pending();
                }
                write(parcel, Result.EXPIRED, null, told, now);
                yield new Handover.Refused(code, Fault.VENDOR);
            }
        };
    }

    private void write(Parcel parcel, Result result, @Nullable Instant next, Attempt told, Instant now) {
        var message = parcel.message();
        var event = new MessageSettled(
                message.tenant(),
                message.id(),
                message.user(),
                message.client(),
                message.channel(),
                parcel.provider(),
                message.to().masked(),
                parcel.region(),
                result,
                told.code(),
                told.latency());
        write(new Ref(message.tenant(), message.id()), parcel.attempt(), next, told, event, now);
    }

    private void write(
            Ref message, int attempt, @Nullable Instant next, Attempt told, MessageSettled event, Instant now) {
        transaction.executeWithoutResult(_ -> {
            // An answer that came after the lease may be one of many; only the newest attempt's is told.
            if (messages.settle(message, attempt, event.result(), next, told, now)) events.publishEvent(event);
        });
        count(event);
    }

    /** For a claimed message whose stored number or text no longer opens. */
    void unreadable(Claimed claimed) {
        var told = new Attempt("refused", null, "unreadable", Duration.ZERO);
        var event = of(claimed, Result.REFUSED, told.code());
        write(claimed.ref(), claimed.attempt(), null, told, event, clock.instant());
    }

    /** Runs inside the sweep's transaction, which has already written the state. */
    void expired(Claimed claimed) {
        var event = of(claimed, Result.EXPIRED, null);
        events.publishEvent(event);
        count(event);
    }

    private static MessageSettled of(Claimed claimed, Result result, @Nullable String code) {
        var to = claimed.to();
        return new MessageSettled(
                claimed.ref().tenant(),
                claimed.ref().id(),
                claimed.user(),
                claimed.client(),
                claimed.channel(),
                claimed.provider(),
                to == null ? "" : to.masked(),
                claimed.region(),
                result,
                code,
                Duration.ZERO);
    }

    private void count(MessageSettled event) {
        var region = event.region();
        meters.counter(
                        "ringcode.sends",
                        "provider",
                        event.provider(),
                        "channel",
                        event.channel().wire(),
                        "country",
                        region == null ? "none" : region,
                        "result",
                        event.result().name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
