package io.ringcode.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.client.ClientId;
import io.ringcode.factor.Demand.Level;
import io.ringcode.fraud.SignInRisk;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one rule of who is asked for a second factor, as a table. */
class SignInPolicyTest {
    /**
     * {@code rules}: what each asks for, with its conditions behind it: {@code app=}, {@code new}, {@code days=}, and else a path
     * of app_metadata and its value; more than one rule with a bar between. {@code new}: whether the browser is, or {@code abroad}, or the
     * address's risk. {@code age}: days since this browser proved a factor, or
     * {@code -} for never. {@code action}: what scripts asked for, {@code !} for each time,
     * and whether one {@code failed}, which asks for a factor.
     */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            # policy; rules;                                      app; metadata;                   new;   age; action; asked
            never;   -;                                           web; {};                         false; -;   -;      nothing
            always;  -;                                           web; {};                         false; -;   -;      any_factor
            never;   any-factor;                                  web; {};                         false; -;   -;      any_factor
            always;  nothing;                                     web; {};                         true;  -;   -;      nothing
            # the application
            never;   any-factor app=web;                          web; {};                         false; -;   -;      any_factor
            never;   any-factor app=web;                          tv;  {};                         false; -;   -;      nothing
            never;   any-factor app=web,tv;                       tv;  {};                         false; -;   -;      any_factor
            # app_metadata: a value, one of a list, within objects; numbers and truth by their words
            never;   any-factor role=admin;                       web; {"role":"admin"};           false; -;   -;      any_factor
            never;   any-factor role=admin;                       web; {"role":"Admin"};           false; -;   -;      nothing
            never;   any-factor role=admin;                       web; {"role":["user","admin"]};  false; -;   -;      any_factor
            never;   any-factor role=admin;                       web; {"role":{"admin":true}};    false; -;   -;      nothing
            never;   any-factor role.admin=true;                  web; {"role":{"admin":true}};    false; -;   -;      any_factor
            never;   any-factor role.admin=true;                  web; {"role":"admin"};           false; -;   -;      nothing
            never;   any-factor a.example/r=x;                    web; {"a.example/r":"x"};         false; -;   -;      any_factor
            never;   any-factor level=3;                          web; {"level":3};                false; -;   -;      any_factor
            never;   any-factor role=admin;                       web; {};                         false; -;   -;      nothing
            # the browser
            never;   any-factor new;                              web; {};                         true;  -;   -;      any_factor
            never;   any-factor new;                              web; {};                         false; -;   -;      nothing
            never;   any-factor days=7;                           web; {};                         false; 6;   -;      nothing
            never;   any-factor days=7;                           web; {};                         false; 7;   -;      any_factor!
            never;   any-factor days=7;                           web; {};                         false; -;   -;      any_factor!
            # the country, where nothing but a proof in this very sign-in counts, and the address
            never;   any-factor abroad;                           web; {};                         abroad; -;  -;      any_factor!
            never;   any-factor abroad;                           web; {};                         true;  -;   -;      nothing
            never;   any-factor risk=medium;                      web; {};                         medium; -;  -;      any_factor
            never;   any-factor risk=medium;                      web; {};                         high;  -;   -;      any_factor
            never;   any-factor risk=high;                        web; {};                         medium; -;  -;      nothing
            never;   any-factor risk=high;                        web; {};                         high;  -;   -;      any_factor
            never;   any-factor risk=awful;                       web; {};                         medium; -;  -;      any_factor
            # all conditions of a rule, and the first rule that holds
            never;   any-factor app=web role=admin;               web; {"role":"user"};            false; -;   -;      nothing
            never;   any-factor app=web role=admin;               web; {"role":"admin"};           false; -;   -;      any_factor
            never;   phishing-resistant role=admin | any-factor;  web; {"role":"admin"};           false; -;   -;      phishing_resistant
            never;   phishing-resistant role=admin | any-factor;  web; {};                         false; -;   -;      any_factor
            always;  nothing app=web | phishing-resistant;        web; {};                         false; -;   -;      nothing
            always;  nothing app=tv;                              web; {};                         false; -;   -;      any_factor
            # what a newer server knows is asked for rather than let pass
            never;   something-new;                               web; {};                         false; -;   -;      any_factor
            # scripts go before all rules
            always;  any-factor;                                  web; {};                         false; -;   none;   nothing
            never;   nothing;                                     web; {};                         false; -;   any;    any_factor
            never;   nothing;                                     web; {};                         false; -;   any!;   any_factor!
            # one that failed takes nothing back of what is asked
            never;   -;                                           web; {};                         false; -;   failed; any_factor
            never;   nothing;                                     web; {};                         false; -;   failed none;   any_factor
            never;   nothing;                                     web; {};                         false; -;   failed any!;   any_factor!
            never;   phishing-resistant;                          web; {};                         false; -;   failed;        phishing_resistant
            never;   phishing-resistant;                          web; {};                         false; -;   failed any!;   phishing_resistant!
            never;   any-factor days=7;                           web; {};                         false; 7;   failed none;   any_factor!
            """)
    void is_asked(
            String policy,
            String rules,
            String app,
            String metadata,
            String seen,
            String age,
            String action,
            String asked) {
        var factors = new Factors(Set.of(), Set.of(), policy.equals("always"));
        var facts = new SignInFacts(
                new ClientId(app),
                members(metadata),
                seen.equals("true"),
                age.equals("-") ? null : Duration.ofDays(Long.parseLong(age)),
                seen.equals("abroad"),
                switch (seen) {
                    case "medium" -> SignInRisk.Level.MEDIUM;
                    case "high" -> SignInRisk.Level.HIGH;
                    default -> SignInRisk.Level.LOW;
                });
        var demand = new SignInPolicy(rules(rules), SignInPolicy.DENY)
                .demand(factors, facts, action(action), action.startsWith("failed") ? Demand.ANY_FACTOR : null);
        assertThat(demand.level().name().toLowerCase(Locale.ROOT) + (demand.fresh() ? "!" : ""))
                .isEqualTo(asked);
    }

    @Test
    void a_passkey_suffices_for_each_and_a_phone_only_where_no_more_is_asked() {
        assertThat(Demand.NOTHING.sufficient()).isEqualTo(RequiredStrength.ANY);
        assertThat(Demand.ANY_FACTOR.sufficient()).isEqualTo(RequiredStrength.ANY);
        assertThat(new Demand(Level.PHISHING_RESISTANT, false).sufficient())
                .isEqualTo(RequiredStrength.PHISHING_RESISTANT);
    }

    private static @Nullable Demand action(String said) {
        return switch (said.replace("failed ", "")) {
            case "none" -> Demand.NOTHING;
            case "any" -> Demand.ANY_FACTOR;
            case "any!" -> new Demand(Level.ANY_FACTOR, true);
            default -> null;
        };
    }

    private static Map<String, JsonNode> members(String json) {
        var members = new java.util.HashMap<String, JsonNode>();
        JsonMapper.shared().readTree(json).properties().forEach(one -> members.put(one.getKey(), one.getValue()));
        return members;
    }

    private static List<SignInRule> rules(String written) {
        if (written.equals("-")) return List.of();
        return java.util.Arrays.stream(written.split("\\s*\\|\\s*", -1))
                .map(SignInPolicyTest::rule)
                .toList();
    }

    private static SignInRule rule(String written) {
        var words = written.split(" ", -1);
        var rule = new SignInRule(words[0], List.of(), null, null, false, null, null, null);
        for (int i = 1; i < words.length; i++) rule = with(rule, words[i]);
        return rule;
    }

    private static SignInRule with(SignInRule rule, String condition) {
        if (condition.equals("new"))
            return new SignInRule(
                    rule.ask(), rule.clients(), rule.metadata(), rule.value(), true, rule.days(), null, null);
        if (condition.equals("abroad"))
            return new SignInRule(
                    rule.ask(),
                    rule.clients(),
                    rule.metadata(),
                    rule.value(),
                    rule.newBrowser(),
                    rule.days(),
                    true,
                    null);
        var pair = condition.split("=", 2);
        return switch (pair[0]) {
            case "app" ->
                new SignInRule(
                        rule.ask(),
                        List.of(pair[1].split(",")),
                        rule.metadata(),
                        rule.value(),
                        rule.newBrowser(),
                        rule.days(),
                        null,
                        null);
            case "days" ->
                new SignInRule(
                        rule.ask(),
                        rule.clients(),
                        rule.metadata(),
                        rule.value(),
                        rule.newBrowser(),
                        Integer.valueOf(pair[1]),
                        null,
                        null);
            case "risk" ->
                new SignInRule(
                        rule.ask(),
                        rule.clients(),
                        rule.metadata(),
                        rule.value(),
                        rule.newBrowser(),
                        rule.days(),
                        null,
                        pair[1]);
            default ->
                new SignInRule(
                        rule.ask(), rule.clients(), pair[0], pair[1], rule.newBrowser(), rule.days(), null, null);
        };
    }
}
