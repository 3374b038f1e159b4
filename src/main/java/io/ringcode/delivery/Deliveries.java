package io.ringcode.delivery;

import io.ringcode.delivery.Handover.Pending;
import io.ringcode.delivery.Queued.ChannelNotOffered;
import io.ringcode.delivery.Queued.NotConfigured;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.Queued.QuotaUsedUp;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where a message is promised and then sent: first {@link #queue}, and after the commit {@link #send}. */
@Component
public class Deliveries {
    /** What the built-in provider carries in a tenant's whole life. */
    public static final int EVALUATION_QUOTA = 100;

    private final Providers providers;
    private final Routing routing;
    private final MessageTable messages;
    private final WatchTable watched;
    private final Dispatcher dispatcher;
    private final DeliverySettings settings;
    private final Clock clock;

    Deliveries(
            Providers providers,
            Routing routing,
            MessageTable messages,
            WatchTable watched,
            Dispatcher dispatcher,
            DeliverySettings settings,
            Clock clock) {
        this.providers = providers;
        this.routing = routing;
        this.messages = messages;
        this.watched = watched;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Promises a message by the tenant's route for it. Runs inside the caller's transaction, so that the promise stands or
     * falls with what it is about.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public Queued queue(NewMessage wish) {
        return queue(wish, null);
    }

    /**
     * Promises a message on the other channel, which takes over from one that is in trouble.
     *
     * @return empty when that one needs no help any more, or has had it; then nothing was done
     */
    public Optional<Queued> replace(NewMessage wish, MessageInTrouble trouble) {
        if (!watched.release(new MessageRef(trouble.tenant(), trouble.message()), trouble.why())) return Optional.empty();
        var queued = queue(wish, trouble.message());
        if (queued instanceof Promised promised)
            watched.replaced(new MessageRef(trouble.tenant(), trouble.message()), promised.id());
        return Optional.of(queued);
    }

    /** Lets a message be that nothing more is done for. */
    public void leave(MessageInTrouble trouble) {
        watched.unwatch(new MessageRef(trouble.tenant(), trouble.message()));
    }

    /** The message that trouble is about; empty where it is gone, or can no longer be read. */
    public Optional<StuckMessage> find(MessageInTrouble trouble) {
        return watched.find(new MessageRef(trouble.tenant(), trouble.message()));
    }

    private Queued queue(NewMessage wish, @Nullable UUID replaces) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("A message is promised inside a transaction");
        var tenant = wish.tenant();
        var region = wish.to().region();
        var course = routing.course(tenant, wish.channel(), wish.to(), region, providers.selected(tenant));
        var name = course.stream()
                .filter(one -> providers.isReady(one, tenant, wish.channel()))
                .findFirst()
                .orElse(course.getFirst());
        var provider = providers.find(name);
        if (provider == null) return new NotConfigured(name);
        if (!provider.offers(wish.channel())) return new ChannelNotOffered(name, wish.channel());
        if (!provider.ready(tenant, wish.channel())) return new NotConfigured(name);

        var now = clock.instant();
        var id = TimedId.at(now);
        var message = new PhoneMessage(
                tenant,
                id,
                wish.user(),
                wish.client(),
                wish.to(),
                wish.channel(),
                wish.text(),
                wish.language(),
                wish.expiresAt(),
                wish.context(),
                wish.from());
        var lease = settings.lease(providers.longestSend(course, settings.carrierTimeout()));
        var parcel = new Parcel(message, name, region, 1, now.plus(lease), course, Set.of(), List.of());
        if (!provider.evaluationOnly()) messages.insert(wish, parcel, replaces, now);
        else if (!messages.insertCounted(wish, parcel, EVALUATION_QUOTA, now)) return new QuotaUsedUp();
        return new Promised(tenant, id, parcel);
    }

    /**
     * Hands a promised message to its carrier, which goes on when the wait is over.
     *
     * @param patience how long to wait for the carrier's answer
     * @throws IllegalStateException inside a transaction, which a slow carrier would keep open
     */
    public Handover send(Promised promised, Duration patience) {
        if (TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("A message is sent after its transaction's commit");
        try {
            return dispatcher.dispatch(promised.parcel()).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slowCarrier) {
            return new Pending();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Pending();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("Sending broke off", broken.getCause());
        }
    }

    /** How many messages of the built-in provider are left to this tenant, for its life. */
    public int evaluationLeft(TenantId tenant) {
        return Math.max(0, EVALUATION_QUOTA - messages.counted(tenant));
    }
}
