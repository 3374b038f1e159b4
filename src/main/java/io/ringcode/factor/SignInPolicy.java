package io.ringcode.factor;

import io.ringcode.client.ClientId;
import io.ringcode.tenant.TenantSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Who is asked for a second factor: a tenant's rules, and what a failed action comes to. The one decision that every door
 * asks is {@link #demand}.
 *
 * @param rules in order: the first one that holds decides, and where none does, the policy of {@link Factors}
 * @param failedAction what becomes of a sign-in where an action fails or hangs: {@code deny}, {@code ask} for a second factor, or
 *     {@code ignore} the action
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SignInPolicy(List<SignInRule> rules, String failedAction) {
    public static final String NAME = "guardian/sign-in-policy";
    public static final String DENY = "deny";
    public static final String ASK = "ask";
    public static final String IGNORE = "ignore";
    public static final SignInPolicy DEFAULT = new SignInPolicy(List.of(), DENY);

    public SignInPolicy {
        rules = List.copyOf(rules);
    }

    public static SignInPolicy of(TenantSettings settings) {
        return settings.get(NAME, SignInPolicy.class, DEFAULT);
    }

    /**
     * @param action what the tenant's own scripts have decided, which goes before all rules; null where they decided nothing
     * @param atLeast what one of them comes to that failed: with it all is asked that scripts and rules ask; null where none failed
     */
    public Demand demand(Factors factors, SignInFacts facts, @Nullable Demand action, @Nullable Demand atLeast) {
        if (atLeast == null) return action == null ? byRules(factors, facts) : action;
        return byRules(factors, facts)
                .and(action == null ? Demand.NOTHING : action)
                .and(atLeast);
    }

    /** The applications that some rule names. */
    Set<ClientId> clients() {
        return rules.stream()
                .flatMap(rule -> rule.clients().stream())
                .map(ClientId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Demand byRules(Factors factors, SignInFacts facts) {
        return rules.stream()
                .filter(rule -> rule.holds(facts))
                .findFirst()
                .map(SignInRule::demand)
                .orElse(factors.always() ? Demand.ANY_FACTOR : Demand.NOTHING);
    }
}
