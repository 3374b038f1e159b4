package io.ringcode.delivery.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.batch.GroupCommit;
import io.ringcode.batch.GroupCommits;
import io.ringcode.delivery.AttemptResult;
import io.ringcode.delivery.DeliverySettings;
import io.ringcode.delivery.DispatchResult;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.MessageInTrouble;
import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.MessageSettled;
import io.ringcode.delivery.MessageSettled.Result;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.SkippedCarrier;
import io.ringcode.delivery.TroubleReason;
import io.ringcode.delivery.carrier.Providers;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.outbox.AttemptTable.Attempt;
import io.ringcode.delivery.outbox.AttemptTable.Ended;
import io.ringcode.delivery.outbox.AttemptTable.Step;
import io.ringcode.delivery.outbox.MessageTable.DueMessage;
import io.ringcode.delivery.outbox.SettlementBatch.Answered;
import io.ringcode.delivery.receipt.ReceiptMatching;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.delivery.routing.Routes;
import io.ringcode.delivery.routing.RoutingDecision;
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

/** Records the outcome of an attempt, publishes it as an event, and decides whether and when the message is retried. */
@Component
public class Settlement {
    private final Providers providers;
    private final AttemptTable attempts;
    private final ReceiptMatching matching;
    private final Routes routes;
    private final DeliverySettings settings;
    private final TransactionTemplate transaction;
    private final GroupCommit<Answered, Boolean> answers;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;
    private final Clock clock;

    Settlement(
            Providers providers,
            AttemptTable attempts,
            ReceiptMatching matching,
            Routes routes,
            DeliverySettings settings,
            PlatformTransactionManager transactions,
            SettlementBatch batch,
            GroupCommits commits,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Clock clock) {
        this.providers = providers;
        this.attempts = attempts;
        this.matching = matching;
        this.routes = routes;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.answers = commits.of(batch);
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param onward the next attempt, already counted, for the caller to make; null where there is none */
    public record Settled(DispatchResult handover, @Nullable ClaimedMessage onward) {
        static Settled at(DispatchResult handover) {
            return new Settled(handover, null);
        }
    }

    /** Records an answer after which no other carrier is asked at once. */
    public DispatchResult settle(ClaimedMessage claimed, SendResult answer, Duration latency) {
        return settle(claimed, answer, latency, new RoutingDecision.Wait(clock.instant(), List.of()))
                .handover();
    }

    /** @param next what follows an answer that is no acceptance */
    public Settled settle(ClaimedMessage claimed, SendResult answer, Duration latency, RoutingDecision next) {
        return switch (answer) {
            case Accepted(var vendorId) -> {
                var outcome = Attempt.accepted(claimed, vendorId, latency);
                write(
                        claimed,
                        Result.ACCEPTED,
                        Step.accepted(matching.receiptDueAt(claimed.message().tenant(), claimed.provider())),
                        outcome);
                yield Settled.at(new DispatchResult.Accepted());
            }
            case Refused refused -> {
                var fault = refused.fault();
                var outcome = Attempt.refused(claimed, refused, latency);
                yield switch (next) {
                    case RoutingDecision.Ask ask -> onward(claimed, Result.REFUSED, ask, outcome);
                    case RoutingDecision.Wait(var until, var _)
                    when fault != FailureCause.NUMBER
                            && fault != FailureCause.OPT_OUT
                            && claimed.carrierOrder().size() > 1 ->
                        later(claimed, Result.REFUSED, until, null, outcome);
                    case RoutingDecision.Wait _, RoutingDecision.GiveUp _ -> {
                        write(claimed, Result.REFUSED, Step.end(MessageState.FAILED), outcome);
                        yield Settled.at(new DispatchResult.Refused(refused.code(), fault));
                    }
                };
            }
            case Unavailable unavailable -> {
                var retryAfter = unavailable.retryAfter();
                var outcome = Attempt.unavailable(claimed, unavailable, latency);
                yield switch (next) {
                    case RoutingDecision.Ask ask -> onward(claimed, Result.UNAVAILABLE, ask, outcome);
                    case RoutingDecision.Wait(var until, var _) ->
                        later(
                                claimed,
                                Result.UNAVAILABLE,
                                until,
                                claimed.carrierOrder().size() == 1 ? retryAfter : null,
                                outcome);
                    case RoutingDecision.GiveUp _ ->
                        later(claimed, Result.UNAVAILABLE, clock.instant(), retryAfter, outcome);
                };
            }
            case Unknown unknown -> {
                var outcome = Attempt.unknown(claimed, unknown, latency);
                yield switch (next) {
                    case RoutingDecision.Ask ask -> onward(claimed, Result.UNKNOWN, ask, outcome);
                    case RoutingDecision.Wait(var until, var _) -> later(claimed, Result.UNKNOWN, until, null, outcome);
                    case RoutingDecision.GiveUp _ ->
                        later(claimed, Result.UNKNOWN, claimed.askableFrom(claimed.provider()), null, outcome);
                };
            }
        };
    }

    /** Records a round in which no carrier was asked. */
    DispatchResult settle(ClaimedMessage claimed, RoutingDecision decision) {
        return switch (decision) {
            case RoutingDecision.Wait(var until, var passed) -> {
                var outcome = Attempt.without(
                        claimed.provider(), AttemptResult.WAITED, SkippedCarrier.LEFT_ALONE, null, passed);
                yield later(claimed, Result.UNAVAILABLE, until, null, outcome).handover();
            }
            case RoutingDecision.GiveUp(var passed) -> {
                var outcome = Attempt.without(
                        claimed.provider(), AttemptResult.REFUSED, "nobody_left", FailureCause.ACCOUNT, passed);
                write(claimed, Result.REFUSED, Step.end(MessageState.FAILED), outcome);
                yield new DispatchResult.Refused("nobody_left", FailureCause.ACCOUNT);
            }
            case RoutingDecision.Ask _ -> throw new IllegalArgumentException("Somebody is left to ask");
        };
    }

    private Settled onward(ClaimedMessage claimed, Result result, RoutingDecision.Ask ask, Attempt outcome) {
        var longest = providers.longestSend(List.of(ask.provider()), settings.carrierTimeout());
        var until = clock.instant().plus(settings.lease(longest));
        // Without the lease another node has the message: going on here would send it twice.
        return write(claimed, result, Step.onward(until), outcome)
                ? new Settled(new DispatchResult.Pending(), claimed.next(ask, until))
                : Settled.at(new DispatchResult.Pending());
    }

    private Settled later(
            ClaimedMessage claimed, Result result, Instant until, @Nullable Duration retryAfter, Attempt outcome) {
        var wait = clock.instant().plus(Backoff.after(claimed.round(), retryAfter, ThreadLocalRandom.current()));
        var next = wait.isBefore(until) ? until : wait;
        if (!next.isBefore(claimed.message().expiresAt())) {
            write(claimed, Result.EXPIRED, Step.end(MessageState.EXPIRED), outcome);
            return Settled.at(new DispatchResult.Refused(
                    outcome.code() == null ? "expired" : outcome.code(), FailureCause.VENDOR));
        }
        var written = write(claimed, result, Step.later(next), outcome);
        if (written) troubled(claimed);
        return Settled.at(new DispatchResult.Pending());
    }

    /** Reports a message for the other channel, where the tenant wants that and carriers have failed often enough. */
    private void troubled(ClaimedMessage claimed) {
        var message = claimed.message();
        var other = routes.settings(message.tenant()).otherChannel();
        if (other.enabled() && attempts.made(claimed.ref()) >= other.afterFailures())
            events.publishEvent(new MessageInTrouble(message.tenant(), message.id(), TroubleReason.FAILURES));
    }

    private boolean write(ClaimedMessage claimed, Result result, Step step, Attempt outcome) {
        var event = of(claimed, result, outcome.code(), outcome.said(), outcome.latency());
        return write(claimed.ref(), claimed.attempt(), step, outcome, event);
    }

    /** Ends a message before an attempt, since its code can no longer be typed. */
    DispatchResult notNeeded(ClaimedMessage claimed) {
        var event = of(claimed, Result.NOT_NEEDED, null, null, Duration.ZERO);
        boolean ended = transaction.execute(_ -> {
            var newest = attempts.end(claimed.ref(), claimed.attempt(), MessageState.NOT_NEEDED);
            if (newest) events.publishEvent(event);
            return newest;
        });
        if (ended) count(event);
        return new DispatchResult.NotNeeded();
    }

    private static MessageSettled of(
            ClaimedMessage claimed, Result result, @Nullable String code, @Nullable String said, Duration latency) {
        var message = claimed.message();
        return new MessageSettled(
                message.tenant(),
                message.id(),
                message.user(),
                message.client(),
                message.channel(),
                claimed.provider(),
                message.to().masked(),
                claimed.region(),
                result,
                code,
                said,
                latency);
    }

    private boolean write(MessageRef message, int attempt, Step step, Attempt outcome, MessageSettled event) {
        var newest = answers.submit(new Answered(new Ended(message, attempt, step, outcome, clock.instant()), event));
        count(event);
        return newest;
    }

    /** Ends a message whose stored number or text cannot be decrypted any more. */
    void unreadable(DueMessage due) {
        var outcome =
                Attempt.without(due.provider(), AttemptResult.REFUSED, "unreadable", FailureCause.REQUEST, List.of());
        var event = of(due, Result.REFUSED, outcome.code());
        write(due.ref(), due.attempt(), Step.end(MessageState.FAILED), outcome, event);
    }

    /** Reports an expired message, inside the sweep's transaction, which has already written the state. */
    void expired(DueMessage due) {
        var event = of(due, Result.EXPIRED, null);
        events.publishEvent(event);
        count(event);
    }

    private static MessageSettled of(DueMessage due, Result result, @Nullable String code) {
        var to = due.to();
        return new MessageSettled(
                due.ref().tenant(),
                due.ref().id(),
                due.user(),
                due.client(),
                due.channel(),
                due.provider(),
                to == null ? "" : to.masked(),
                due.region(),
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
