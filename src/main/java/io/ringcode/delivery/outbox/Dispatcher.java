package io.ringcode.delivery.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.database.DatabaseTrouble;
import io.ringcode.delivery.CodeStatus;
import io.ringcode.delivery.DeliverySettings;
import io.ringcode.delivery.DispatchResult;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.SkippedCarrier;
import io.ringcode.delivery.carrier.Providers;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.outbox.Settlement.Settled;
import io.ringcode.delivery.routing.AccountKey;
import io.ringcode.delivery.routing.CarrierHealth;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.delivery.routing.Routing;
import io.ringcode.delivery.routing.RoutingDecision;
import io.ringcode.trace.Attribute;
import io.ringcode.trace.Tracing;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sends claimed messages to carriers, each on a virtual thread that holds no database connection meanwhile. */
@Component
public class Dispatcher implements SmartLifecycle {
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
    /** Two batches of settlements that are written, and two that wait. */
    private static final int MOST_TOLD_EARLY = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Providers providers;
    private final Routing routing;
    private final CarrierHealth health;
    private final Settlement settlement;
    private final CodeStatus codes;
    private final MessageCharges charges;
    private final DeliverySettings settings;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Tracing tracing;
    private final ConcurrentHashMap<AccountKey, Semaphore> permits = new ConcurrentHashMap<>();
    private final AtomicInteger inHand = new AtomicInteger();
    private final Semaphore toldEarly = new Semaphore(MOST_TOLD_EARLY);
    private volatile boolean running;
    private volatile ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Dispatcher(
            Providers providers,
            Routing routing,
            CarrierHealth health,
            Settlement settlement,
            CodeStatus codes,
            MessageCharges charges,
            DeliverySettings settings,
            MeterRegistry meters,
            Clock clock,
            Tracing tracing) {
        this.providers = providers;
        this.routing = routing;
        this.health = health;
        this.settlement = settlement;
        this.codes = codes;
        this.charges = charges;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.tracing = tracing;
        meters.gauge("ringcode.messages.unwritten", this, Dispatcher::unwritten);
    }

    /**
     * Sends a message that is claimed. The result is that of the first carrier that took it, or of the round: an acceptance is
     * known before its row is written, as a row that is lost means at worst that the same code is sent once more.
     */
    public CompletableFuture<DispatchResult> dispatch(ClaimedMessage claimed) {
        var result = new CompletableFuture<DispatchResult>();
        try {
            inHand.incrementAndGet();
            threads.execute(() -> deliver(claimed, result));
        } catch (RejectedExecutionException stopping) {
            inHand.decrementAndGet();
            result.complete(leaveToSweep(claimed));
        }
        return result;
    }

    /**
     * Sends nothing: no carrier was asked, and what was reserved for that is given back. The sweep claims the message when its lease ends.
     */
    public DispatchResult leaveToSweep(ClaimedMessage claimed) {
        meters.counter("ringcode.messages.left", "provider", claimed.provider()).increment();
        try {
            charges.notAsked(claimed);
        } catch (RuntimeException unsettled) {
            report(claimed, unsettled);
        }
        return new DispatchResult.Pending();
    }

    public int inHand() {
        return inHand.get();
    }

    /** Messages that a carrier took, as their callers know, and whose rows do not say so yet. */
    public int unwritten() {
        return MOST_TOLD_EARLY - toldEarly.availablePermits();
    }

    /** Accepts messages (again). */
    @Override
    public synchronized void start() {
        if (threads.isShutdown()) threads = Executors.newVirtualThreadPerTaskExecutor();
        running = true;
    }

    /** Lets the sends in hand finish. */
    @Override
    public synchronized void stop() {
        running = false;
        drain(LAST_ANSWERS);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the recurring tasks, at 3072 below the top, so that no sweep claims what nobody would send. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }

    /** Accepts no more messages and waits for those being sent; another node claims the rest when their leases end. */
    public void drain(Duration patience) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS))
                LOG.warn("{} messages were still with their carriers; they are left to the next sweep", inHand());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(ClaimedMessage claimed, CompletableFuture<DispatchResult> result) {
        DispatchResult outcome = new DispatchResult.Pending();
        try {
            outcome = askInOrder(claimed, result);
        } catch (RuntimeException unsettled) {
            report(claimed, unsettled);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            inHand.decrementAndGet();
            result.complete(outcome);
        }
    }

    /** A database that is away is told of once, and not by each message. */
    private static void report(ClaimedMessage claimed, RuntimeException unsettled) {
        if (!DatabaseTrouble.isMeantBy(unsettled))
            LOG.error(
                    "The database failed message {}; it goes again when its lease ends",
                    claimed.message().id(),
                    unsettled);
    }

    /** Failover: asks the providers of the route one after the other, each at most once, until one takes the message. */
    private DispatchResult askInOrder(ClaimedMessage first, CompletableFuture<DispatchResult> result)
            throws InterruptedException {
        var failed = new HashMap<String, String>();
        var busy = false;
        var claimed = first;
        if (!isNeeded(claimed)) return settlement.notNeeded(claimed);
        var decision = routing.choose(claimed, failed);
        // What queueing reserved is for the first attempt, by the carrier that was thought of then.
        var paid = claimed.attempt() == 1 ? claimed.provider() : null;
        while (true) {
            if (!(decision instanceof RoutingDecision.Ask ask)) {
                if (!busy) return settlement.settle(claimed, decision);
                return leaveToSweep(claimed);
            }
            claimed = claimed.askedOf(ask);
            var permit = permits.computeIfAbsent(claimed.accountKey(), _ -> new Semaphore(settings.concurrency()));
            if (!permit.tryAcquire(settings.permitWait().toNanos(), TimeUnit.NANOSECONDS)) {
                busy = true;
                health.releaseUnused(claimed.healthKey(ask.provider()));
                failed.put(ask.provider(), "crowded");
                decision = routing.choose(claimed, failed);
                continue;
            }
            Exchange exchange;
            try {
                var refusal = charges.refusal(claimed, paid);
                // Another reservation for this attempt takes the place of the first.
                paid = null;
                if (refusal != null) {
                    health.releaseUnused(claimed.healthKey(ask.provider()));
                    failed.put(ask.provider(), refusal);
                    decision = routing.choose(claimed, failed);
                    // A message that nobody may be paid for does not wait for money.
                    if (!(decision instanceof RoutingDecision.Ask)) decision = giveUp(claimed, failed);
                    continue;
                }
                if (!isHeldForLongEnough(claimed)) {
                    health.releaseUnused(claimed.healthKey(ask.provider()));
                    return leaveToSweep(claimed);
                }
                exchange = exchange(claimed);
            } catch (RuntimeException unasked) {
                health.releaseUnused(claimed.healthKey(ask.provider()));
                report(claimed, unasked);
                return leaveToSweep(claimed);
            } finally {
                permit.release();
            }
            recordOutcome(claimed, exchange.answer(), failed);
            claimed = marked(claimed, exchange.answer());
            decision =
                    isOver(exchange.answer()) ? new RoutingDecision.GiveUp(List.of()) : routing.choose(claimed, failed);
            var settled = settle(claimed, exchange, decision, result);
            if (settled.onward() == null) {
                if (decision instanceof RoutingDecision.Ask lost)
                    health.releaseUnused(claimed.healthKey(lost.provider()));
                return settled.handover();
            }
            claimed = settled.onward();
            if (!isNeeded(claimed)) {
                health.releaseUnused(claimed.healthKey(claimed.provider()));
                return settlement.notNeeded(claimed);
            }
        }
    }

    /** Tells of an acceptance before it is written, unless so many rows are late that callers had better wait for theirs. */
    private Settled settle(
            ClaimedMessage claimed, Exchange exchange, RoutingDecision next, CompletableFuture<DispatchResult> result) {
        var early = exchange.answer() instanceof SendResult.Accepted && toldEarly.tryAcquire();
        try {
            if (early) result.complete(new DispatchResult.Accepted());
            return settlement.settle(claimed, exchange.answer(), exchange.latency(), next);
        } finally {
            if (early) toldEarly.release();
        }
    }

    private static RoutingDecision giveUp(ClaimedMessage claimed, Map<String, String> failed) {
        var passed = new ArrayList<SkippedCarrier>();
        for (var name : claimed.carrierOrder()) {
            var reason = failed.get(name);
            if (reason != null) passed.add(new SkippedCarrier(name, reason));
        }
        return new RoutingDecision.GiveUp(passed);
    }

    /** Another node must not send it while this carrier may still take it; waiting for carriers before this one took some of the lease. */
    private boolean isHeldForLongEnough(ClaimedMessage claimed) {
        var longest = providers.longestSend(List.of(claimed.provider()), settings.carrierTimeout());
        return !clock.instant().plus(longest).isAfter(claimed.heldUntil());
    }

    /** A first attempt follows the commit that made the code; before any later one the code may have been used. */
    private boolean isNeeded(ClaimedMessage claimed) {
        var code = claimed.code();
        return claimed.attempt() == 1
                || code == null
                || codes.isLive(claimed.message().tenant(), code);
    }

    private ClaimedMessage marked(ClaimedMessage claimed, SendResult answer) {
        return switch (answer) {
            case SendResult.Accepted _, Unavailable _ -> claimed;
            case Unknown _ -> claimed.unanswered(clock.instant());
            case Refused _ -> claimed.refused();
        };
    }

    private record Exchange(SendResult answer, Duration latency) {}

    private Exchange exchange(ClaimedMessage claimed) {
        var message = claimed.message();
        var channel = message.channel().wire();
        try (var span = tracing.continued(Tracing.Kind.CLIENT, "send", claimed.trace())) {
            var start = System.nanoTime();
            var answer = ask(claimed);
            var latency = Duration.ofNanos(System.nanoTime() - start);
            meters.timer("ringcode.send", "provider", claimed.provider(), "channel", channel)
                    .record(latency);
            span.with(Attribute.TENANT, message.tenant().value())
                    .with(Attribute.MESSAGE, message.id())
                    .with(Attribute.ATTEMPT, claimed.attempt())
                    .with(Attribute.CARRIER, claimed.provider())
                    .with(Attribute.CHANNEL, channel)
                    .with(Attribute.COUNTRY, claimed.region() == null ? "none" : claimed.region())
                    .with(Attribute.OUTCOME, outcome(answer));
            return new Exchange(answer, latency);
        }
    }

    private static String outcome(SendResult answer) {
        return switch (answer) {
            case SendResult.Accepted _ -> "accepted";
            case Refused _ -> "refused";
            case Unavailable _ -> "unavailable";
            case Unknown _ -> "unknown";
        };
    }

    /** Records an answer with the carrier's circuit breakers and among the failures of this round. */
    private void recordOutcome(ClaimedMessage claimed, SendResult answer, Map<String, String> failed) {
        var key = claimed.healthKey(claimed.provider());
        switch (answer) {
            case SendResult.Accepted _ -> health.accepted(key);
            case Unavailable(var code, var retryAfter, var _) -> {
                health.failed(key, retryAfter);
                failed.put(claimed.provider(), code);
            }
            case Unknown(var code, var _) -> {
                health.failed(key, null);
                failed.put(claimed.provider(), code);
            }
            case Refused(var code, var fault, var _) -> {
                failed.put(claimed.provider(), code);
                switch (fault) {
                    case NUMBER, OPT_OUT -> health.declined(key);
                    case VENDOR, ACCOUNT -> health.failed(key, null);
                    case REQUEST -> health.releaseUnused(key);
                }
            }
        }
    }

    /** Whether the round is over: the message was taken, or no other carrier may be asked. */
    private static boolean isOver(SendResult answer) {
        return switch (answer) {
            case SendResult.Accepted _ -> true;
            case Unavailable _, Unknown _ -> false;
            case Refused(var _, var fault, var _) -> fault == FailureCause.NUMBER || fault == FailureCause.OPT_OUT;
        };
    }

    /**
     * The carrier's answer. An unknown outcome is asked again in the end: the code is the same, and lost is worse than
     * twice. But what surely was not sent goes again much sooner than what the carrier may have.
     */
    public SendResult ask(ClaimedMessage claimed) {
        var provider = providers.find(claimed.provider());
        if (provider == null) return new Refused("no_such_provider", FailureCause.ACCOUNT);
        try {
            return provider.send(claimed.message());
        } catch (ConnectException | UnknownHostException | SSLHandshakeException unreached) {
            return new Unavailable("io", null);
        } catch (HttpConnectTimeoutException unreached) {
            return new Unavailable("timeout", null);
        } catch (HttpTimeoutException late) {
            return new Unknown("timeout");
        } catch (IOException broken) {
            return new Unknown("io");
        } catch (RuntimeException bug) {
            // No carrier is to blame where the account with it could not be read.
            if (DatabaseTrouble.isMeantBy(bug)) throw bug;
            // The exception's message could quote the text, so only its place is logged.
            LOG.error(
                    "Provider {} failed: {} at {}",
                    claimed.provider(),
                    bug.getClass().getName(),
                    bug.getStackTrace());
            return new Unknown("error");
        }
    }
}
