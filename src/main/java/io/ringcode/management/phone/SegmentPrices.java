package io.ringcode.management.phone;

import io.ringcode.budget.BudgetSettings;
import io.ringcode.budget.KnownPrices;
import io.ringcode.budget.Money;
import io.ringcode.budget.PriceRange;
import io.ringcode.budget.Prices;
import io.ringcode.delivery.routing.Routes;
import io.ringcode.fraud.PermittedCountries;
import io.ringcode.json.JsonAnswer;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantSettings;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What each further segment of an SMS costs a tenant, carrier by carrier, and of which countries that is not known. Countries
 * are those that the tenant permits, where it has such a list, else those that a price is known of.
 */
@Component
class SegmentPrices {
    private final Prices prices;
    private final Routes routes;
    private final Tenants tenants;

    SegmentPrices(Prices prices, Routes routes, Tenants tenants) {
        this.prices = prices;
        this.routes = routes;
        this.tenants = tenants;
    }

    /**
     * A carrier's prices of one segment.
     *
     * @param countries of how many a price is known
     * @param least null where no price is known, as are the country and the most
     * @param elsewhere what every other country costs, at most; null where that is not known
     * @param unknown permitted countries of which no price is known
     */
    public record OfCarrier(
            String provider,
            int countries,
            @Nullable BigDecimal least,
            @Nullable String leastCountry,
            @Nullable BigDecimal most,
            @Nullable String mostCountry,
            @Nullable BigDecimal elsewhere,
            List<String> unknown)
            implements JsonAnswer {}

    /**
     * @param currency of all prices, ISO 4217
     * @param assumed what budgets count where no price is known
     */
    public record Shown(String currency, BigDecimal assumed, List<OfCarrier> carriers) implements JsonAnswer {}

    Shown of(TenantId tenant) {
        var settings = tenants.settings(tenant);
        var budget = BudgetSettings.of(settings);
        var permitted = permitted(settings);
        return new Shown(
                budget.currency(),
                new Money(budget.assumedPrice()).amount(),
                routes.carriers(tenant, Channel.SMS).stream()
                        .map(carrier -> ofCarrier(carrier, prices.ofCarrier(tenant, carrier, Channel.SMS), permitted))
                        .toList());
    }

    private static Optional<Set<String>> permitted(TenantSettings settings) {
        var codes = PermittedCountries.of(settings).countryCodes();
        return codes != null && codes.mode().equals("allow")
                ? Optional.<Set<String>>of(new TreeSet<>(codes.list()))
                : Optional.empty();
    }

    private static OfCarrier ofCarrier(String carrier, KnownPrices known, Optional<Set<String>> permitted) {
        var byCountry = new TreeMap<>(known.byCountry());
        permitted.ifPresent(byCountry.keySet()::retainAll);
        var unknown = new ArrayList<String>();
        if (permitted.isPresent() && known.elsewhere().isEmpty()) {
            unknown.addAll(permitted.get());
            unknown.removeAll(byCountry.keySet());
        }
        Map.Entry<String, PriceRange> least = null;
        Map.Entry<String, PriceRange> most = null;
        for (var one : byCountry.entrySet()) {
            if (least == null
                    || one.getValue().least().compareTo(least.getValue().least()) < 0) least = one;
            if (most == null || one.getValue().most().compareTo(most.getValue().most()) > 0) most = one;
        }
        return new OfCarrier(
                carrier,
                byCountry.size(),
                least == null ? null : least.getValue().least().amount(),
                least == null ? null : least.getKey(),
                most == null ? null : most.getValue().most().amount(),
                most == null ? null : most.getKey(),
                known.elsewhere().map(range -> range.most().amount()).orElse(null),
                unknown);
    }
}
