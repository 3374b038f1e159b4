package io.ringcode.fraud;

import io.ringcode.budget.BudgetSettings;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/**
 * Replay of the last week's stored decisions in shadow: what would have become of those messages under other modes of the rules. A rule that was
 * off has said nothing; and nothing is said of messages that did not come because the first were refused, or of what would have been learned otherwise.
 */
@Component
public class DecisionReplay {
    public static final Duration WEEK = Duration.ofDays(7);

    private final FraudDecisionTable table;
    private final Tenants tenants;
    private final Clock clock;

    DecisionReplay(FraudDecisionTable table, Tenants tenants, Clock clock) {
        this.table = table;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** @param saved what the refused messages would have cost */
    public record Done(long refused, long challenged, BigDecimal saved) {}

    /**
     * @param messages of which a rule spoke
     * @param was what was done
     * @param would what would have been; of messages that were only counted, as most are during an attack, at least that
     */
    public record Replayed(Instant since, String currency, long messages, Done was, Done would) {}

    /** @param rules with the modes to try */
    public Replayed under(TenantId tenant, FraudRules rules) {
        var since = clock.instant().minus(WEEK);
        var on = Arrays.stream(FraudRule.values())
                .filter(rule -> rules.mode(rule) == RuleMode.ON)
                .toList();
        var currency = BudgetSettings.of(tenants.settings(tenant)).currency();
        return table.replay(tenant, since, on, currency);
    }
}
