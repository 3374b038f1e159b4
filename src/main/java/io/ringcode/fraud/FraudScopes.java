package io.ringcode.fraud;

import io.ringcode.fraud.FraudBlocks.FraudBlock;
import io.ringcode.fraud.traffic.Scope;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The scopes that rules against SMS pumping refuse or watch, as all servers have seen them, and those that are permitted for ever. */
@Component
public class FraudScopes {
    private final FraudSumTable table;
    private final FraudBlocks blocks;
    private final Tenants tenants;
    private final Clock clock;

    FraudScopes(FraudSumTable table, FraudBlocks blocks, Tenants tenants, Clock clock) {
        this.table = table;
        this.blocks = blocks;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * A scope of which a rule spoke within the last day.
     *
     * @param blocked whether it is refused; otherwise it is watched
     * @param since when a rule spoke of it for the first time, without a quiet day since
     * @param until when a message may go again, if nothing else comes; null where it may go now
     * @param refused messages, in the last weeks
     * @param watched messages that were challenged, or went
     * @param saved what the refused ones would have cost
     * @param verified codes that came back, in the last weeks; null where this server does not know it
     * @param untyped codes that did not
     */
    public record WatchedScope(
            String scopeKey,
            String scope,
            FraudRule rule,
            boolean blocked,
            Instant since,
            Instant last,
            @Nullable Instant until,
            long refused,
            long watched,
            BigDecimal saved,
            String currency,
            @Nullable Double verified,
            @Nullable Double untyped) {}

    /** Those that are refused first, then the one that was spoken of last. What is permitted for ever is not among them. */
    public List<WatchedScope> list(TenantId tenant, int size) {
        var now = clock.instant();
        var permitted = FraudRules.of(tenants.settings(tenant)).permitted();
        var known = blocks.list(tenant).stream().collect(Collectors.toMap(FraudBlock::scopeKey, Function.identity()));
        return table.scopes(tenant, now.minus(FraudSumTable.QUIET), size).stream()
                .filter(one -> !permitted.contains(one.scopeKey()))
                .map(one -> {
                    var until = one.until() == null || one.until().isBefore(now) ? null : one.until();
                    var here = known.get(one.scopeKey());
                    return new WatchedScope(
                            one.scopeKey(),
                            one.scope(),
                            one.rule(),
                            until != null,
                            one.first(),
                            one.last(),
                            until,
                            one.refused(),
                            one.watched(),
                            one.saved(),
                            one.currency(),
                            here == null ? null : here.verified(),
                            here == null ? null : here.untyped());
                })
                .sorted(Comparator.comparing(WatchedScope::blocked)
                        .thenComparing(WatchedScope::last)
                        .reversed())
                .toList();
    }

    /** A scope that no rule judges. */
    public record PermittedScope(String scopeKey, String scope, FraudRule rule) {}

    public List<PermittedScope> permitted(TenantId tenant) {
        return FraudRules.of(tenants.settings(tenant)).permitted().stream()
                .sorted()
                .flatMap(key -> Scope.parse(key).stream())
                .map(scope -> new PermittedScope(
                        scope.key(), scope.label(), scope.kind().rule()))
                .toList();
    }

    /** Lets a scope begin anew. @return false where there can be no such scope */
    public boolean release(TenantId tenant, String scopeKey) {
        if (!blocks.release(tenant, scopeKey)) return false;
        table.release(tenant, scopeKey);
        return true;
    }
}
