package io.ringcode.delivery.routing;

import io.ringcode.delivery.carrier.Providers;
import io.ringcode.delivery.routing.RouteSettings.Route;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;

/** The tenants' routes: which providers a message may go by, in order. */
@NamedInterface("routing")
@Component
public class Routes {
    private final Tenants tenants;
    private final Providers providers;

    Routes(Tenants tenants, Providers providers) {
        this.tenants = tenants;
        this.providers = providers;
    }

    public RouteSettings settings(TenantId tenant) {
        return RouteSettings.of(tenants.settings(tenant));
    }

    /**
     * The route that fits a number best: the longest prefix, then its country, then the route for all numbers.
     *
     * @return empty where none fits
     */
    public Optional<List<String>> of(TenantId tenant, Channel channel, PhoneNumber to, @Nullable String region) {
        Route best = null;
        int bestFit = 0;
        for (var route : settings(tenant).routes()) {
            var fit = route.isOf(channel) ? fit(route, to, region) : 0;
            if (fit > bestFit) {
                best = route;
                bestFit = fit;
            }
        }
        return best == null ? Optional.empty() : Optional.of(best.providers());
    }

    /**
     * Every carrier that messages of a channel may go by, whatever the number: those of its routes, and the usual one where
     * some numbers have no route.
     */
    public List<String> carriers(TenantId tenant, Channel channel, String usual) {
        var routes = settings(tenant).routesOf(channel);
        var carriers = routes.stream().flatMap(route -> route.providers().stream());
        if (routes.stream().noneMatch(Route::isForAll)) carriers = Stream.concat(carriers, Stream.of(usual));
        return carriers.distinct().toList();
    }

    public List<String> carriers(TenantId tenant, Channel channel) {
        return carriers(tenant, channel, providers.selected(tenant));
    }

    /** @return 0 for none; of two that fit alike the first is taken */
    private static int fit(Route route, PhoneNumber to, @Nullable String region) {
        var longest = route.prefixes().stream()
                .filter(to.e164()::startsWith)
                .mapToInt(String::length)
                .max();
        if (longest.isPresent()) return 2 + longest.getAsInt();
        if (region != null && route.countries().contains(region)) return 2;
        return route.isForAll() ? 1 : 0;
    }

    /**
     * Checks route settings, as far as that is possible before a message is sent.
     *
     * @return one sentence each, with the route's place from 0; empty when it may be saved
     */
    public List<String> complaints(RouteSettings settings) {
        var complaints = new ArrayList<String>();
        var places = settings.routes();
        for (int place = 0; place < places.size(); place++)
            for (var complaint : complaints(places.get(place))) complaints.add("routes[" + place + "]: " + complaint);
        return complaints;
    }

    private List<String> complaints(Route route) {
        var complaints = new ArrayList<String>();
        var channel = Channel.of(route.channel()).orElseThrow();
        for (var name : route.providers()) {
            var provider = providers.find(name);
            if (provider == null) complaints.add("it names a provider that there is not");
            else if (provider.evaluationOnly()) complaints.add(name + " is for evaluation, and part of no route");
            else if (!provider.offers(channel)) complaints.add(name + " does not offer " + channel.wire());
        }
        if (route.providers().isEmpty()) complaints.add("it names no provider");
        if (new HashSet<>(route.providers()).size() < route.providers().size())
            complaints.add("it names a provider twice");
        return complaints;
    }
}
