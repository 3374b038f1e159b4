package io.ringcode.fraud;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringcode.tenant.TenantSettings;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which rules against SMS pumping act, and which scopes they never judge. The tenant setting {@link #NAME} holds one of these. The
 * thresholds are the same for all.
 */
public final class FraudRules {
    public static final String NAME = "guardian/factors/phone/fraud/rules";
    /**
     * Every rule acts on a new tenant but one: honest people were refused less often in replays than the limits that were set would
     * have refused them. New accounts on one number are only watched, since whoever makes five could keep its owner from enrolling.
     */
    public static final FraudRules DEFAULT = new FraudRules(Map.of(), Set.of());

    private final Map<FraudRule, RuleMode> modes;
    private final Set<String> permitted;

    private FraudRules(Map<FraudRule, RuleMode> modes, Set<String> permitted) {
        this.modes = modes;
        this.permitted = permitted;
    }

    public static FraudRules of(TenantSettings settings) {
        return settings.get(NAME, FraudRules.class, DEFAULT);
    }

    public RuleMode mode(FraudRule rule) {
        return modes.getOrDefault(rule, rule == FraudRule.NUMBER_ACCOUNTS ? RuleMode.SHADOW : RuleMode.ON);
    }

    public FraudRules with(FraudRule rule, RuleMode mode) {
        var changed = new EnumMap<FraudRule, RuleMode>(FraudRule.class);
        changed.putAll(modes);
        changed.put(rule, mode);
        return new FraudRules(changed, permitted);
    }

    /** Every rule in the same mode. */
    public FraudRules all(RuleMode mode) {
        var rules = this;
        for (var rule : FraudRule.values()) rules = rules.with(rule, mode);
        return rules;
    }

    /** Keys of scopes ({@code scope_key} of a decision) that no rule judges. */
    public Set<String> permitted() {
        return permitted;
    }

    public FraudRules permitting(Set<String> scopeKeys) {
        return new FraudRules(modes, Set.copyOf(scopeKeys));
    }

    boolean isAnyOn() {
        for (var rule : FraudRule.values()) if (mode(rule) != RuleMode.OFF) return true;
        return false;
    }

    @JsonCreator
    static FraudRules read(
            @JsonProperty("modes") Map<String, String> modes, @JsonProperty("permitted") Set<String> permitted) {
        var read = new EnumMap<FraudRule, RuleMode>(FraudRule.class);
        for (var rule : FraudRule.values())
            for (var mode : RuleMode.values()) if (mode.wire().equals(modes.get(rule.wire()))) read.put(rule, mode);
        return new FraudRules(read, Set.copyOf(permitted));
    }

    @JsonProperty("modes")
    Map<String, String> storedModes() {
        var stored = new HashMap<String, String>();
        modes.forEach((rule, mode) -> stored.put(rule.wire(), mode.wire()));
        return stored;
    }

    @JsonProperty("permitted")
    Set<String> storedPermitted() {
        return permitted;
    }
}
