package io.ringcode.delivery;

import io.ringcode.delivery.Choice.Ask;
import io.ringcode.delivery.Choice.Nobody;
import io.ringcode.delivery.Choice.Wait;
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

/** Chooses who carries a message: the first provider of its route that is set up, well, and has not failed it just now. */
@Component
class Routing {
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

    /** The providers that a message may go by; {@code usual} alone where the tenant has no route for it. */
    List<String> course(TenantId tenant, Channel channel, PhoneNumber to, @Nullable String region, String usual) {
        return routes.of(tenant, channel, to, region).orElse(List.of(usual));
    }

    /**
     * @param failed who has just failed this message, and how; each provider is asked once before the message waits
     * @return for {@link Ask}, with the carrier's turn taken
     */
    Choice choose(Parcel parcel, Map<String, String> failed) {
        var course = parcel.course();
        if (course.size() == 1) return onlyOne(parcel, course.getFirst(), failed);
        var passed = new ArrayList<String>();
        var later = new ArrayList<String>();
        for (var name : course) {
            var reason = reason(parcel, name, failed);
            if (reason == null && health.admits(parcel.way(name))) return new Ask(name, List.copyOf(passed));
            passed.add(name + ":" + (reason == null ? "left_alone" : reason));
            var mayPass = failed.containsKey(name) && !parcel.refusedBy().contains(name);
            if (reason == null || mayPass) later.add(name);
        }
        if (later.isEmpty()) return new Nobody(passed);
        // A carrier that takes messages of which nothing is heard is better than none.
        if (failed.isEmpty()) for (var name : later) if (health.answers(parcel.way(name))) return new Ask(name, passed);
        return new Wait(soonest(parcel, later), passed);
    }

    /** With nobody else to ask, a carrier that fails is not left alone: each message waits for itself. */
    private Choice onlyOne(Parcel parcel, String name, Map<String, String> failed) {
        var reason = failed.get(name);
        if (parcel.refusedBy().contains(name)) return new Nobody(List.of(name + ":" + reason));
        return reason == null ? new Ask(name, List.of()) : new Wait(clock.instant(), List.of(name + ":" + reason));
    }

    private @Nullable String reason(Parcel parcel, String name, Map<String, String> failed) {
        var failure = failed.get(name);
        if (failure != null) return failure;
        if (parcel.refusedBy().contains(name)) return "refused";
        var message = parcel.message();
        return providers.isReady(name, message.tenant(), message.channel()) ? null : "not_set_up";
    }

    private Instant soonest(Parcel parcel, List<String> names) {
        return names.stream()
                .map(name -> health.nextChance(parcel.way(name)))
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
