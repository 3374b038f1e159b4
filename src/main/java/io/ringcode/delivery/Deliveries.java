package io.ringcode.delivery;

import io.ringcode.delivery.Handover.Pending;
import io.ringcode.delivery.Queued.ChannelNotOffered;
import io.ringcode.delivery.Queued.NotConfigured;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.Queued.QuotaUsedUp;
import io.ringcode.secret.TimedId;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where a message is promised and then sent: first {@link #queue}, and after the commit {@link #send}. */
@Component
public class Deliveries {
    /** What the built-in provider carries in a tenant's whole life. */
    public static final int EVALUATION_QUOTA = 100;

    private final Providers providers;
    private final MessageTable messages;
    private final Dispatcher dispatcher;
    private final DeliverySettings settings;
    private final Clock clock;

    Deliveries(
            Providers providers, MessageTable messages, Dispatcher dispatcher, DeliverySettings settings, Clock clock) {
        this.providers = providers;
        this.messages = messages;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Promises a message with the tenant's provider. Runs inside the caller's transaction, so that the promise stands or
     * falls with what it is about.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public Queued queue(NewMessage wish) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("A message is promised inside a transaction");
        var name = providers.selected(wish.tenant());
        var provider = providers.find(name);
        if (provider == null) return new NotConfigured(name);
        if (!provider.offers(wish.channel())) return new ChannelNotOffered(name, wish.channel());
        if (!provider.ready(wish.tenant(), wish.channel())) return new NotConfigured(name);

        var now = clock.instant();
        var id = TimedId.at(now);
        var message = new PhoneMessage(
                wish.tenant(),
                id,
                wish.user(),
                wish.client(),
                wish.to(),
                wish.channel(),
                wish.text(),
                wish.language(),
                wish.expiresAt(),
                wish.context());
        var parcel = new Parcel(message, name, wish.to().region(), 1, now.plus(lease(provider)));
        if (!provider.evaluationOnly()) messages.insert(wish, parcel, now);
        else if (!messages.insertCounted(wish, parcel, EVALUATION_QUOTA, now)) return new QuotaUsedUp();
        return new Promised(wish.tenant(), id, parcel);
    }

    private Duration lease(PhoneProvider provider) {
        return settings.lease(provider.longestSend(settings.carrierTimeout()));
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
}
