package io.ringcode.delivery;

import io.ringcode.budget.Budgets;
import io.ringcode.database.LastWrites;
import io.ringcode.delivery.DispatchResult.Pending;
import io.ringcode.delivery.Queued.ChannelNotOffered;
import io.ringcode.delivery.Queued.NotConfigured;
import io.ringcode.delivery.Queued.OverBudget;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.Queued.QuotaUsedUp;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.Providers;
import io.ringcode.delivery.outbox.Dispatcher;
import io.ringcode.delivery.outbox.MessageCharges;
import io.ringcode.delivery.outbox.MessageTable;
import io.ringcode.delivery.receipt.ReplacementTable;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.delivery.routing.Routes;
import io.ringcode.delivery.routing.Routing;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The outbox as other modules use it: {@link #queue} stores a message, and after the commit {@link #send} sends it. */
@Component
public class Deliveries {
    /** How many messages the built-in provider carries in a tenant's whole life. */
    public static final int EVALUATION_QUOTA = 100;

    private final Providers providers;
    private final Routes routes;
    private final Routing routing;
    private final MessageTable messages;
    private final LastWrites writes;
    private final ReplacementTable replacements;
    private final Dispatcher dispatcher;
    private final Budgets budgets;
    private final DeliverySettings settings;
    private final Clock clock;
    private final Tracing tracing;
    private final Bulkhead bulkhead = new Bulkhead();

    Deliveries(
            Providers providers,
            Routes routes,
            Routing routing,
            MessageTable messages,
            LastWrites writes,
            ReplacementTable replacements,
            Dispatcher dispatcher,
            Budgets budgets,
            DeliverySettings settings,
            Clock clock,
            Tracing tracing) {
        this.providers = providers;
        this.routes = routes;
        this.routing = routing;
        this.messages = messages;
        this.writes = writes;
        this.replacements = replacements;
        this.dispatcher = dispatcher;
        this.budgets = budgets;
        this.settings = settings;
        this.clock = clock;
        this.tracing = tracing;
    }

    /** A message that is ready to be stored, or why it cannot be sent. */
    public sealed interface Prepared {
        /** Its carrier is chosen and its parts are sealed. */
        record Outgoing(MessageTable.Row row, Quota quota) implements Prepared {
            /** The same, about a code whose generation is known by now. */
            public Outgoing carrying(CodeRef code) {
                return new Outgoing(row.carrying(code), quota);
            }
        }

        /** @param why never {@link Promised} */
        record Impossible(Queued why) implements Prepared {}
    }

    /** Whether a message counts against the built-in provider's quota. */
    public enum Quota {
        COUNTED,
        NONE
    }

    /** Whether some carrier of the tenant's could take messages of a channel: the others are not worth offering. */
    public boolean canSend(TenantId tenant, Channel channel) {
        return routing.canSend(tenant, channel, providers.selected(tenant));
    }

    /** Whether some carrier of the tenant's could take a message of a channel to this number. */
    public boolean canSend(TenantId tenant, Channel channel, PhoneNumber to) {
        return routing.canSend(tenant, channel, to, providers.selected(tenant));
    }

    /** Makes a message ready for {@link #store}, by the tenant's route for it. Stores nothing. */
    public Prepared prepare(NewMessage message) {
        return prepare(message, null, null, tracing.traceparent());
    }

    /**
     * Stores messages in the outbox, with one statement for all. Runs inside the caller's transaction, so that a message exists
     * only if what it is about does.
     *
     * @return in the order of the messages: {@link Promised}, {@link OverBudget} or {@link QuotaUsedUp}
     * @throws IllegalStateException outside of a transaction
     */
    public List<Queued> store(List<Prepared.Outgoing> messages) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("A message is queued inside a transaction");
        var over = budgets.reserve(
                messages.stream()
                        .map(message -> MessageCharges.of(message.row().claimed()))
                        .toList(),
                clock.instant());
        var stored = new ArrayList<Queued>();
        for (int i = 0; i < messages.size(); i++)
            stored.add(over.get(i).isPresent() ? new OverBudget(over.get(i).get()) : counted(messages.get(i)));
        var rows = new ArrayList<MessageTable.Row>();
        for (int i = 0; i < messages.size(); i++)
            if (stored.get(i) instanceof Promised) rows.add(messages.get(i).row());
        if (!rows.isEmpty()) this.messages.insert(rows);
        return stored;
    }

    private Queued counted(Prepared.Outgoing message) {
        var claimed = message.row().claimed();
        var tenant = claimed.message().tenant();
        return message.quota() == Quota.NONE || messages.count(tenant, EVALUATION_QUOTA)
                ? new Promised(tenant, claimed.message().id(), claimed)
                : new QuotaUsedUp();
    }

    /** Makes one message ready and stores it, inside the caller's transaction. */
    public Queued queue(NewMessage message) {
        return queue(message, null, null, tracing.traceparent());
    }

    private Queued queue(
            NewMessage message, @Nullable UUID replaces, @Nullable String without, @Nullable String trace) {
        return switch (prepare(message, replaces, without, trace)) {
            case Prepared.Outgoing outgoing -> store(List.of(outgoing)).getFirst();
            case Prepared.Impossible(var why) -> why;
        };
    }

    /**
     * Stores a message as the replacement of one that is in trouble.
     *
     * @return empty when the troubled message needs no replacement any more, or has one; then nothing was done
     */
    public Optional<Queued> replace(NewMessage message, MessageInTrouble trouble, Failover remedy) {
        var troubled = new MessageRef(trouble.tenant(), trouble.message());
        var found = replacements.find(troubled);
        if (found.isEmpty() || !replacements.release(troubled, trouble.why())) return Optional.empty();
        var without = remedy == Failover.NEXT_CARRIER ? found.get().provider() : null;
        var queued = queue(message, trouble.message(), without, found.get().trace());
        writes.bringForward();
        if (queued instanceof Promised promised) replacements.replaced(troubled, promised.id());
        return Optional.of(queued);
    }

    /** Gives up on a replacement: the troubled message is not looked at again. */
    public void leave(MessageInTrouble trouble) {
        replacements.stopWaiting(new MessageRef(trouble.tenant(), trouble.message()));
    }

    /** What is needed to send a troubled message again, and how. */
    public record Help(StuckMessage stuck, Failover remedy) {}

    /**
     * How the tenant wants a troubled message to be helped: where it got as far as a carrier by the next one of the route, once;
     * else, once, by another channel.
     *
     * @return empty where it is gone, can no longer be read, or has had all the help there is
     */
    public Optional<Help> help(MessageInTrouble trouble) {
        var found = replacements
                .find(new MessageRef(trouble.tenant(), trouble.message()))
                .orElse(null);
        if (found == null) return Optional.empty();
        var settings = routes.settings(trouble.tenant());
        var stuck = found.stuck();
        if (trouble.why() != TroubleReason.FAILURES
                && settings.nextCarrierHelps()
                && found.cameBy() == null
                && routing.hasAnother(trouble.tenant(), stuck.channel(), stuck.to(), found.region(), found.provider()))
            return Optional.of(new Help(stuck, Failover.NEXT_CARRIER));
        return settings.otherChannel().enabled() && found.cameBy() != Failover.OTHER_CHANNEL
                ? Optional.of(new Help(stuck, Failover.OTHER_CHANNEL))
                : Optional.empty();
    }

    /**
     * @param replaces the message that this one takes over from; null for none
     * @param without the carrier that is not asked, for it has had this code
     * @param trace the W3C trace context that it belongs to; null for none
     */
    private Prepared prepare(
            NewMessage message, @Nullable UUID replaces, @Nullable String without, @Nullable String trace) {
        var tenant = message.tenant();
        var region = message.to().region();
        var carrierOrder = routing.carrierOrder(
                tenant, message.channel(), message.to(), region, providers.selected(tenant), without);
        var name = carrierOrder.stream()
                .filter(one -> providers.isReady(one, tenant, message.channel()))
                .findFirst()
                .orElse(carrierOrder.getFirst());
        var provider = providers.find(name);
        if (provider == null) return new Prepared.Impossible(new NotConfigured(name));
        if (!provider.offers(message.channel()))
            return new Prepared.Impossible(new ChannelNotOffered(name, message.channel()));
        if (!provider.ready(tenant, message.channel())) return new Prepared.Impossible(new NotConfigured(name));

        var now = clock.instant();
        var id = TimedId.at(now);
        var outgoing = new PhoneMessage(
                tenant,
                id,
                message.user(),
                message.client(),
                message.to(),
                message.channel(),
                message.text(),
                message.language(),
                message.expiresAt(),
                message.context(),
                message.from());
        var lease = settings.lease(providers.longestSend(carrierOrder, settings.carrierTimeout()));
        var claimed = new ClaimedMessage(
                outgoing,
                message.code(),
                name,
                region,
                1,
                now.plus(lease),
                carrierOrder,
                Set.of(),
                Map.of(),
                List.of(),
                trace);
        return new Prepared.Outgoing(
                messages.row(message, claimed, replaces, now), provider.evaluationOnly() ? Quota.COUNTED : Quota.NONE);
    }

    /**
     * Sends a queued message. Sending continues in the background when {@code patience} is over. Where too many of the tenant's messages
     * are in hand with the same carrier, it is left to the sweep.
     *
     * @param patience how long to wait for the carrier's answer; where too many wait for the same carrier already, a fifth of a second
     * @throws IllegalStateException inside a transaction, which a slow carrier would keep open
     */
    public DispatchResult send(Promised promised, Duration patience) {
        if (TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("A message is sent after its transaction's commit");
        try {
            var claimed = promised.claimed();
            return bulkhead.send(claimed.accountKey(), () -> dispatcher.dispatch(claimed), patience)
                    .orElseGet(() -> dispatcher.leaveToSweep(claimed));
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
