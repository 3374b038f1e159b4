package io.ringcode.management.tenant;

import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.factor.SignInRule;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.tenant.Tenants;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is asked for a second factor, by rules instead of a script, and what a failed action comes to. Auth0 has neither. */
@RestController
@RequestMapping("/api/v2/guardian/sign-in-policy")
public class SignInPolicyController {
    static final int MOST_RULES = 50;
    static final int MOST_CLIENTS = 100;

    /**
     * A rule, which holds where all of its conditions do.
     *
     * @param ask what is asked for where it holds
     * @param clients applications by id; none for all
     * @param metadata a path into the user's app_metadata, with dots
     * @param value what stands there, or is in the list that stands there
     * @param newBrowser only where the user has not signed in by the browser before
     * @param days only where no second factor was proved by the browser for so many days
     * @param newCountry only where the user has not signed in from the country within the last 90 days
     * @param risk only where the fraud guard judges the address so, or worse
     */
    public record PolicyRule(
            @OneOf({SignInRule.NOTHING, SignInRule.ANY_FACTOR, SignInRule.PHISHING_RESISTANT})
            String ask,

            @Nullable @NullAllowed @Items(max = MOST_CLIENTS)
            List<String> clients,

            @Nullable @NullAllowed @Length(min = 1, max = 200)
            String metadata,

            @Nullable @NullAllowed @Length(min = 1, max = 200)
            String value,

            @Nullable @NullAllowed Boolean newBrowser,

            @Nullable @NullAllowed @Range(min = 1, max = 3650)
            Integer days,

            @Nullable @NullAllowed Boolean newCountry,

            @Nullable @NullAllowed @OneOf({SignInRule.MEDIUM, SignInRule.HIGH})
            String risk)
            implements JsonBody, JsonAnswer {
        public PolicyRule {
            if ((metadata == null) != (value == null))
                throw InvalidBody.on("metadata", "Must be used together with value");
        }

        private static PolicyRule of(SignInRule rule) {
            return new PolicyRule(
                    rule.ask(),
                    rule.clients(),
                    rule.metadata(),
                    rule.value(),
                    rule.newBrowser(),
                    rule.days(),
                    rule.newCountry(),
                    rule.risk());
        }

        private SignInRule rule() {
            return new SignInRule(
                    ask,
                    clients == null ? List.of() : clients,
                    metadata,
                    value,
                    Boolean.TRUE.equals(newBrowser),
                    days,
                    newCountry,
                    risk);
        }
    }

    /**
     * @param rules in order: the first one that holds decides, and where none does, guardian/policies
     * @param failedAction what becomes of a sign-in where an action on it fails or hangs
     */
    public record Policy(
            @Items(max = MOST_RULES) List<PolicyRule> rules,

            @OneOf({SignInPolicy.DENY, SignInPolicy.ASK, SignInPolicy.IGNORE})
            String failedAction)
            implements JsonBody, JsonAnswer {
        private static Policy of(SignInPolicy policy) {
            return new Policy(policy.rules().stream().map(PolicyRule::of).toList(), policy.failedAction());
        }
    }

    private final Tenants tenants;
    private final Clients clients;
    private final Changes changes;

    SignInPolicyController(Tenants tenants, Clients clients, Changes changes) {
        this.tenants = tenants;
        this.clients = clients;
        this.changes = changes;
    }

    @GetMapping
    @RequiresScope("read:mfa_policies")
    public Policy policy(Caller caller) {
        return Policy.of(SignInPolicy.of(tenants.settings(caller.tenant())));
    }

    @PutMapping
    @RequiresScope("update:mfa_policies")
    public Policy setPolicy(Caller caller, Policy wanted) {
        var policy =
                new SignInPolicy(wanted.rules().stream().map(PolicyRule::rule).toList(), wanted.failedAction());
        for (var rule : policy.rules())
            for (var client : rule.clients())
                if (clients.find(caller.tenant(), new ClientId(client)).isEmpty())
                    throw InvalidBody.on("clients", "There is no application " + client);
        changes.set(caller, SignInPolicy.NAME, policy);
        return Policy.of(policy);
    }
}
