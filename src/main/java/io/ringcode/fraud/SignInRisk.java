package io.ringcode.fraud;

import io.ringcode.fraud.traffic.Traffic;
import io.ringcode.geoip.GeoIp;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How risky a sign-in is by where it comes from: what the guard has learned of messages that were asked for from this address and its
 * networks, as far as the tenant lets that rule look at all.
 */
@Component
public class SignInRisk {
    /** From the least to the most. */
    public enum Level {
        LOW,
        /** Codes asked for from there come back less than people's do, or it is a data centre. */
        MEDIUM,
        /** Messages that are asked for from there are refused. */
        HIGH
    }

    private final Traffic traffic;
    private final AskedTraffic asked;
    private final GeoIp geoIp;
    private final Tenants tenants;
    private final Clock clock;

    SignInRisk(Traffic traffic, AskedTraffic asked, GeoIp geoIp, Tenants tenants, Clock clock) {
        this.traffic = traffic;
        this.asked = asked;
        this.geoIp = geoIp;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** @param address of the user; null where it is not known */
    public Level of(TenantId tenant, @Nullable String address) {
        if (address == null) return Level.LOW;
        var byPlace = geoIp.of(address).hosting() ? Level.MEDIUM : Level.LOW;
        var rules = FraudRules.of(tenants.settings(tenant));
        if (rules.mode(FraudRule.ADDRESS) == RuleMode.OFF) return byPlace;
        var scopes = asked.origins(tenant, address).stream()
                .filter(scope -> !rules.permitted().contains(scope.key()))
                .toList();
        return switch (traffic.of(tenant).standing(scopes, clock.millis())) {
            case REFUSE -> Level.HIGH;
            case CHALLENGE -> Level.MEDIUM;
            case ALLOW -> byPlace;
        };
    }
}
