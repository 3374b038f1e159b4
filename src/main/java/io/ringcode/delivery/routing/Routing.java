package io.ringcode.delivery.routing;

import io.ringcode.delivery.SkippedCarrier;
import io.ringcode.delivery.carrier.Providers;
import io.ringcode.delivery.routing.RoutingDecision.Ask;
import io.ringcode.delivery.routing.RoutingDecision.GiveUp;
import io.ringcode.delivery.routing.RoutingDecision.Wait;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Chooses the carrier of an attempt: the first of the order that is configured, healthy, and has not just failed the message. */
@Component
public class Routing {
    private final Routes routes;
    private final Providers providers;
    private final CarrierHealth health;
    private final Clock clock;

    Routing(Routes routes, Providers providers, CarrierHealth health, Clock clock) {
        this.routes = routes;
        this.providers = providers;
        this.health = health;
        this.clock = clock;
    }

    /**
     * The carriers of a message in the order of its route; {@code usual} alone where the tenant has no route for it.
     *
     * @param without the one that has had the message's code before; null for none
     */
    public List<String> carrierOrder(
            TenantId tenant,
            Channel channel,
            PhoneNumber to,
            @Nullable String region,
            String usual,
            @Nullable String without) {
        var order = routes.of(tenant, channel, to, region).orElse(List.of(usual));
        var others = order.stream().filter(name -> !name.equals(without)).toList();
        return others.isEmpty() ? order : others;
    }

    /** Whether some carrier of the tenant's could take messages of a channel, whatever the number. */
    public boolean canSend(TenantId tenant, Channel channel, String usual) {
        return routes.carriers(tenant, channel, usual).stream()
                .anyMatch(name -> providers.isReady(name, tenant, channel));
    }

    /** Whether some carrier could take a message of a channel to this number. */
    public boolean canSend(TenantId tenant, Channel channel, PhoneNumber to, String usual) {
        return carrierOrder(tenant, channel, to, to.region(), usual, null).stream()
                .anyMatch(name -> providers.isReady(name, tenant, channel));
    }

    /** Whether the route has a carrier that could take a message besides the one that had it. */
    public boolean hasAnother(TenantId tenant, Channel channel, PhoneNumber to, @Nullable String region, String had) {
        return routes.of(tenant, channel, to, region).orElse(List.of()).stream()
                .anyMatch(name -> !name.equals(had) && providers.isReady(name, tenant, channel));
    }

    /**
     * @param failed who has just failed this message, and how; each provider is asked once before the message waits
     * @return for {@link Ask}, with a permit of the carrier's circuit breakers taken
     */
    public RoutingDecision choose(ClaimedMessage claimed, Map<String, String> failed) {
        var carrierOrder = claimed.carrierOrder();
        if (carrierOrder.size() == 1) return onlyOne(claimed, carrierOrder.getFirst(), failed);
        var passed = new ArrayList<SkippedCarrier>();
        var later = new ArrayList<String>();
        for (var name : carrierOrder) {
            var reason = reason(claimed, name, failed);
            if (reason == null && health.tryAcquire(claimed.healthKey(name))) return new Ask(name, List.copyOf(passed));
            passed.add(new SkippedCarrier(name, reason == null ? SkippedCarrier.LEFT_ALONE : reason));
            var mayPass = failed.containsKey(name) || isSilent(claimed, name);
            if (reason == null || (mayPass && !claimed.refusedBy().contains(name))) later.add(name);
        }
        if (later.isEmpty()) return new GiveUp(passed);
        // A carrier that takes messages and sends no receipts is better than none.
        if (failed.isEmpty())
            for (var name : later)
                if (!isSilent(claimed, name) && health.answers(claimed.healthKey(name))) return new Ask(name, passed);
        return new Wait(soonest(claimed, later), passed);
    }

    /** An only carrier is asked even when its circuit breakers are open: each message backs off by itself. */
    private RoutingDecision onlyOne(ClaimedMessage claimed, String name, Map<String, String> failed) {
        var reason = failed.get(name);
        if (claimed.refusedBy().contains(name))
            return new GiveUp(List.of(new SkippedCarrier(name, reason == null ? SkippedCarrier.REFUSED : reason)));
        var now = clock.instant();
        if (isSilent(claimed, name))
            return new Wait(claimed.askableFrom(name), List.of(new SkippedCarrier(name, SkippedCarrier.NO_ANSWER)));
        return reason == null ? new Ask(name, List.of()) : new Wait(now, List.of(new SkippedCarrier(name, reason)));
    }

    private @Nullable String reason(ClaimedMessage claimed, String name, Map<String, String> failed) {
        var failure = failed.get(name);
        if (failure != null) return failure;
        if (claimed.refusedBy().contains(name)) return SkippedCarrier.REFUSED;
        if (isSilent(claimed, name)) return SkippedCarrier.NO_ANSWER;
        var message = claimed.message();
        return providers.isReady(name, message.tenant(), message.channel()) ? null : SkippedCarrier.NOT_SET_UP;
    }

    /** Whether that provider has not answered a short while ago, so that it may have the message. */
    private boolean isSilent(ClaimedMessage claimed, String name) {
        return claimed.askableFrom(name).isAfter(clock.instant());
    }

    private Instant soonest(ClaimedMessage claimed, List<String> names) {
        return names.stream()
                .map(name -> later(claimed.askableFrom(name), health.nextChance(claimed.healthKey(name))))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
