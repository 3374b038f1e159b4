package io.ringcode.fraud;

import io.ringcode.fraud.traffic.Scope;
import io.ringcode.fraud.traffic.Traffic;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The scopes that the rules against SMS pumping refuse at present, and what an operator can do about them. */
@Component
public class FraudBlocks {
    private static final Duration PRESENT = Duration.ofDays(1);
    /** More that are never judged would be a country list, which there is. */
    private static final int MOST_PERMITTED = 1_000;

    private final Traffic traffic;
    private final Tenants tenants;
    private final Clock clock;

    FraudBlocks(Traffic traffic, Tenants tenants, Clock clock) {
        this.traffic = traffic;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * A scope that refuses, or has refused in the last day.
     *
     * @param scope as people read it
     * @param lately requests that it refused in the last minutes, each counting half after five
     * @param verified codes that came back from it, in the last weeks
     * @param untyped codes that did not
     * @param until when a message may go again, if nothing else comes
     */
    public record FraudBlock(
            String scopeKey,
            String scope,
            FraudRule rule,
            double lately,
            double verified,
            double untyped,
            Instant lastRefused,
            Instant until) {}

    /** The one that refused last first. */
    public List<FraudBlock> list(TenantId tenant) {
        var now = clock.instant();
        return traffic.of(tenant).blocked(now.minus(PRESENT).toEpochMilli(), now.toEpochMilli()).stream()
                .map(one -> new FraudBlock(
                        one.scope().key(),
                        one.scope().label(),
                        one.scope().kind().rule(),
                        one.refused(),
                        one.verified(),
                        one.untyped(),
                        Instant.ofEpochMilli(one.lastRefused()),
                        Instant.ofEpochMilli(one.until())))
                .sorted(Comparator.comparing(FraudBlock::lastRefused).reversed())
                .toList();
    }

    /**
     * Lets a scope begin anew, on all servers within a second. Were the attack to go on, it would be refused again soon.
     *
     * @return false where there is no such scope
     */
    public boolean release(TenantId tenant, String scopeKey) {
        var scope = Scope.parse(scopeKey);
        scope.ifPresent(one -> traffic.release(tenant, one));
        return scope.isPresent();
    }

    /**
     * No rule judges the scope any more.
     *
     * @return false where there is no such scope, or too many are permitted already
     */
    public boolean permit(TenantId tenant, String scopeKey) {
        if (Scope.parse(scopeKey).isEmpty()) return false;
        if (FraudRules.of(tenants.settings(tenant)).permitted().size() >= MOST_PERMITTED) return false;
        change(tenant, keys -> keys.add(scopeKey));
        return true;
    }

    /** The rules judge the scope again. */
    public void judgeAgain(TenantId tenant, String scopeKey) {
        change(tenant, keys -> keys.remove(scopeKey));
    }

    private void change(TenantId tenant, Consumer<Set<String>> how) {
        tenants.update(tenant, FraudRules.NAME, FraudRules.class, FraudRules.DEFAULT, rules -> {
            var keys = new HashSet<>(rules.permitted());
            how.accept(keys);
            return rules.permitting(keys);
        });
    }
}
