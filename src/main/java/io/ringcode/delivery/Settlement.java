package io.ringcode.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.delivery.AttemptTable.Attempt;
import io.ringcode.delivery.AttemptTable.Step;
import io.ringcode.delivery.MessageSettled.Result;
import io.ringcode.delivery.MessageTable.DueMessage;
import io.ringcode.delivery.SendResult.Accepted;
import io.ringcode.delivery.SendResult.Refused;
import io.ringcode.delivery.SendResult.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final Providers providers;
    private final AttemptTable attempts;
    private final Arrivals arrivals;
    private final Routes routes;
    private final DeliverySettings settings;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;
    private final Clock clock;

    Settlement(
            Providers providers,
            AttemptTable attempts,
            Arrivals arrivals,
            Routes routes,
            DeliverySettings settings,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Clock clock) {
        this.providers = providers;
        this.attempts = attempts;
        this.arrivals = arrivals;
        this.routes = routes;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param onward the next attempt, which is already counted and now to be made; null where there is none */
    record Settled(Handover handover, @Nullable Parcel onward) {
        static Settled at(Handover handover) {
            return new Settled(handover, null);
        }
    }

    /** Writes an answer down, after which nobody else is asked at once. */
    Handover settle(Parcel parcel, SendResult answer, Duration latency) {
        return settle(parcel, answer, latency, new Choice.Wait(clock.instant(), List.of()))
                .handover();
    }

    /** @param next who is asked after this answer, unless it was an acceptance */
    Settled settle(Parcel parcel, SendResult answer, Duration latency, Choice next) {
        return switch (answer) {
            case Accepted(var vendorId) -> {
                var told = Attempt.accepted(parcel, vendorId, latency);
                write(
                        parcel,
                        Result.ACCEPTED,
                        Step.accepted(arrivals.due(parcel.message().tenant(), parcel.provider())),
                        told);
                yield Settled.at(new Handover.Accepted());
            }
            case Refused refused -> {
                var fault = refused.fault();
                var told = Attempt.refused(parcel, refused, latency);
                yield switch (next) {
                    case Choice.Ask ask -> onward(parcel, Result.REFUSED, ask, told);
                    case Choice.Wait(var until, var _)
                    when fault != Fault.NUMBER
                            && fault != Fault.OPT_OUT
                            && parcel.course().size() > 1 -> later(parcel, Result.REFUSED, until, null, told);
                    case Choice.Wait _, Choice.Nobody _ -> {
                        write(parcel, Result.REFUSED, Step.end("failed"), told);
                        yield Settled.at(new Handover.Refused(refused.code(), fault));
                    }
                };
            }
            case Unavailable unavailable -> {
                var retryAfter = unavailable.retryAfter();
                var told = Attempt.unavailable(parcel, unavailable, latency);
                yield switch (next) {
                    case Choice.Ask ask -> onward(parcel, Result.UNAVAILABLE, ask, told);
                    case Choice.Wait(var until, var _) ->
                        later(parcel, Result.UNAVAILABLE, until, parcel.course().size() == 1 ? retryAfter : null, told);
                    case Choice.Nobody _ -> later(parcel, Result.UNAVAILABLE, clock.instant(), retryAfter, told);
                };
            }
        };
    }

    /** For a message that nobody was asked to carry this time. */
    Handover settle(Parcel parcel, Choice choice) {
        return switch (choice) {
            case Choice.Wait(var until, var passed) -> {
                var told = Attempt.without(parcel.provider(), "waited", "left_alone", null, passed);
                yield later(parcel, Result.UNAVAILABLE, until, null, told).handover();
            }
            case Choice.Nobody(var passed) -> {
                var told = Attempt.without(parcel.provider(), "refused", "nobody_left", Fault.ACCOUNT, passed);
                write(parcel, Result.REFUSED, Step.end("failed"), told);
                yield new Handover.Refused("nobody_left", Fault.ACCOUNT);
            }
            case Choice.Ask _ -> throw new IllegalArgumentException("Somebody is left to ask");
        };
    }

    private Settled onward(Parcel parcel, Result result, Choice.Ask ask, Attempt told) {
        var longest = providers.longestSend(List.of(ask.provider()), settings.carrierTimeout());
        var until = clock.instant().plus(settings.lease(longest));
        // Without the lease another node has the message: going on here would send it twice.
        return write(parcel, result, Step.onward(until), told)
                ? new Settled(new Handover.Pending(), parcel.next(ask, until))
                : Settled.at(new Handover.Pending());
    }

    private Settled later(Parcel parcel, Result result, Instant until, @Nullable Duration retryAfter, Attempt told) {
        var wait = clock.instant().plus(Backoff.after(parcel.round(), retryAfter, ThreadLocalRandom.current()));
        var next = wait.isBefore(until) ? until : wait;
        if (!next.isBefore(parcel.message().expiresAt())) {
            write(parcel, Result.EXPIRED, Step.end("expired"), told);
            return Settled.at(new Handover.Refused(told.code() == null ? "expired" : told.code(), Fault.VENDOR));
        }
        var written = write(parcel, result, Step.later(next), told);
        if (written) troubled(parcel);
        return Settled.at(new Handover.Pending());
    }

    /** Where the tenant wants it, the other channel is tried once carriers have failed often enough. */
    private void troubled(Parcel parcel) {
        var message = parcel.message();
        var other = routes.settings(message.tenant()).otherChannel();
        if (other.enabled() && parcel.attempt() >= other.afterFailures())
            events.publishEvent(new MessageInTrouble(message.tenant(), message.id(), "failures"));
    }

    private boolean write(Parcel parcel, Result result, Step step, Attempt told) {
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
                told.said(),
                told.latency());
        return write(new MessageRef(message.tenant(), message.id()), parcel.attempt(), step, told, event);
    }

    private boolean write(MessageRef message, int attempt, Step step, Attempt told, MessageSettled event) {
        boolean newest = transaction.execute(_ -> {
            // An answer that came after the lease may be one of many; only the newest attempt's is told.
            var settled = attempts.settle(message, attempt, step, told, clock.instant());
            if (settled) events.publishEvent(event);
            return settled;
        });
        count(event);
        return newest;
    }

    /** For a claimed message whose stored number or text no longer opens. */
    void unreadable(DueMessage claimed) {
        var told = Attempt.without(claimed.provider(), "refused", "unreadable", Fault.REQUEST, List.of());
        var event = of(claimed, Result.REFUSED, told.code());
        write(claimed.ref(), claimed.attempt(), Step.end("failed"), told, event);
    }

    /** Runs inside the sweep's transaction, which has already written the state. */
    void expired(DueMessage claimed) {
        var event = of(claimed, Result.EXPIRED, null);
        events.publishEvent(event);
        count(event);
    }

    private static MessageSettled of(DueMessage claimed, Result result, @Nullable String code) {
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
                null,
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
