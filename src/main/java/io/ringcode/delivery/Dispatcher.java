package io.ringcode.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.delivery.SendResult.Refused;
import io.ringcode.delivery.SendResult.Unavailable;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks carriers, one virtual thread per message, and holds no database connection while it does. */
@Component
class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Providers providers;
    private final Routing routing;
    private final CarrierHealth health;
    private final Settlement settlement;
    private final DeliverySettings settings;
    private final MeterRegistry meters;
    private final Clock clock;
    private final ConcurrentHashMap<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final AtomicInteger inHand = new AtomicInteger();
    private volatile ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Dispatcher(
            Providers providers,
            Routing routing,
            CarrierHealth health,
            Settlement settlement,
            DeliverySettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.providers = providers;
        this.routing = routing;
        this.health = health;
        this.settlement = settlement;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    CompletableFuture<Handover> dispatch(Parcel parcel) {
        try {
            return CompletableFuture.supplyAsync(() -> deliver(parcel), threads);
        } catch (RejectedExecutionException stopping) {
            return CompletableFuture.completedFuture(new Handover.Pending());
        }
    }

    int inHand() {
        return inHand.get();
    }

    /** Takes up work again after {@link #drain}. */
    void open() {
        if (threads.isShutdown()) threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    /** Accepts nothing new, and waits for what is in hand; what is not done then is another node's when its lease ends. */
    void drain(Duration patience) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS))
                LOG.warn("{} messages were still with their carriers; they are left to the next sweep", inHand());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private Handover deliver(Parcel parcel) {
        inHand.incrementAndGet();
        try {
            return walk(parcel);
        } catch (RuntimeException unsettled) {
            LOG.error(
                    "Message {} has an answer that could not be written down; it goes again when its lease ends",
                    parcel.message().id(),
                    unsettled);
            return new Handover.Pending();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Handover.Pending();
        } finally {
            inHand.decrementAndGet();
        }
    }

    /** Asks one provider of the route after the other, each at most once, until one takes the message. */
    private Handover walk(Parcel first) throws InterruptedException {
        var failed = new HashMap<String, String>();
        var crowded = false;
        var parcel = first;
        var choice = routing.choose(parcel, failed);
        while (true) {
            if (!(choice instanceof Choice.Ask ask))
                return crowded ? new Handover.Pending() : settlement.settle(parcel, choice);
            parcel = parcel.askedOf(ask);
            var turn = turns.computeIfAbsent(ask.provider(), _ -> new Semaphore(settings.concurrency()));
            if (!turn.tryAcquire(settings.permitWait().toNanos(), TimeUnit.NANOSECONDS)) {
                crowded = true;
                health.spared(parcel.way(ask.provider()));
                failed.put(ask.provider(), "crowded");
                choice = routing.choose(parcel, failed);
                continue;
            }
            Exchange exchange;
            try {
                if (!clock.instant().isBefore(parcel.heldUntil())) {
                    health.spared(parcel.way(ask.provider()));
                    return new Handover.Pending();
                }
                exchange = exchange(parcel);
            } finally {
                turn.release();
            }
            heed(parcel, exchange.answer(), failed);
            if (isRefused(exchange.answer())) parcel = parcel.refused();
            choice = isOver(exchange.answer()) ? new Choice.Nobody(List.of()) : routing.choose(parcel, failed);
            var settled = settlement.settle(parcel, exchange.answer(), exchange.latency(), choice);
            if (settled.onward() == null) return settled.handover();
            parcel = settled.onward();
        }
    }

    private record Exchange(SendResult answer, Duration latency) {}

    private Exchange exchange(Parcel parcel) {
        var start = System.nanoTime();
        var answer = ask(parcel);
        var latency = Duration.ofNanos(System.nanoTime() - start);
        var channel = parcel.message().channel().wire();
        meters.timer("ringcode.send", "provider", parcel.provider(), "channel", channel)
                .record(latency);
        return new Exchange(answer, latency);
    }

    /** What an answer says of the carrier, and of its part in the rest of this round. */
    private void heed(Parcel parcel, SendResult answer, Map<String, String> failed) {
        var way = parcel.way(parcel.provider());
        switch (answer) {
            case SendResult.Accepted _ -> health.took(way);
            case Unavailable(var code, var retryAfter, var _) -> {
                health.failed(way, retryAfter);
                failed.put(parcel.provider(), code);
            }
            case Refused(var code, var fault, var _) -> {
                failed.put(parcel.provider(), code);
                switch (fault) {
                    case NUMBER, OPT_OUT -> health.declined(way);
                    case VENDOR, ACCOUNT -> health.failed(way, null);
                    case REQUEST -> health.spared(way);
                }
            }
        }
    }

    private static boolean isRefused(SendResult answer) {
        return answer instanceof Refused;
    }

    /** Whether no other carrier may or need be asked. */
    private static boolean isOver(SendResult answer) {
        return switch (answer) {
            case SendResult.Accepted _ -> true;
            case Unavailable _ -> false;
            case Refused(var _, var fault, var _) -> fault == Fault.NUMBER || fault == Fault.OPT_OUT;
        };
    }

    /** The carrier's answer. An unknown outcome is asked again: the code is the same, and lost is worse than twice. */
    SendResult ask(Parcel parcel) {
        var provider = providers.find(parcel.provider());
        if (provider == null) return new Refused("no_such_provider", Fault.ACCOUNT);
        try {
            return provider.send(parcel.message());
        } catch (HttpTimeoutException late) {
            return new Unavailable("timeout", null);
        } catch (IOException broken) {
            return new Unavailable("io", null);
        } catch (RuntimeException bug) {
            // Its message could quote the text, so only where it happened is told.
            LOG.error(
                    "Provider {} failed: {} at {}",
                    parcel.provider(),
                    bug.getClass().getName(),
                    bug.getStackTrace());
            return new Unavailable("error", null);
        }
    }
}
