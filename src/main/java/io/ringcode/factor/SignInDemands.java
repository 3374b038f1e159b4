package io.ringcode.factor;

import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.fraud.SignInRisk;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantSettings;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Directory;
import io.ringcode.user.Profile;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the tenant's {@link SignInPolicy} about one sign-in, with what it looks at. */
@Component
public class SignInDemands {
    private final Tenants tenants;
    private final Directory users;
    private final KnownCountries countries;
    private final SignInRisk risk;
    private final Clock clock;

    SignInDemands(Tenants tenants, Directory users, KnownCountries countries, SignInRisk risk, Clock clock) {
        this.countries = countries;
        this.risk = risk;
        this.tenants = tenants;
        this.users = users;
        this.clock = clock;
    }

    /**
     * The browser of a sign-in.
     *
     * @param factorAt when the user proved a second factor there last; null for never
     */
    public record Browser(boolean isNew, @Nullable Instant factorAt) {
        /** Where there is none, or none that anybody knows. */
        public static final Browser UNKNOWN = new Browser(true, null);
    }

    /**
     * What rules look at, beside the application and the user.
     *
     * @param origin null where rules do not look at places: what they ask for was asked when the sign-in began
     */
    public record Seen(Browser browser, @Nullable Origin origin) {}

    /** A user has signed in from there. */
    public void signedIn(TenantId tenant, UserId user, Origin origin) {
        if (lookAtCountries(tenant)) countries.signedIn(tenant, user, origin.userAddress());
    }

    private boolean lookAtCountries(TenantId tenant) {
        return policy(tenant).rules().stream().anyMatch(SignInRule::looksAtCountry);
    }

    /** Whether some rule looks at the browser. */
    public boolean lookAtBrowsers(TenantId tenant) {
        return policy(tenant).rules().stream().anyMatch(rule -> rule.newBrowser() || rule.days() != null);
    }

    /**
     * @param action what the tenant's actions decided; null where they decided nothing
     * @param atLeast what one of them comes to that failed; null where none did
     */
    public Demand of(
            TenantId tenant,
            UserId user,
            ClientId client,
            Seen seen,
            @Nullable Demand action,
            @Nullable Demand atLeast) {
        var policy = policy(tenant);
        var looksAtUser = policy.rules().stream().anyMatch(rule -> rule.metadata() != null);
        var profile = looksAtUser ? users.find(tenant, user) : java.util.Optional.<Profile>empty();
        var browser = seen.browser();
        var factorAt = browser.factorAt();
        var origin = seen.origin();
        var facts = new SignInFacts(
                client,
                profile.map(Profile::appMetadata).orElse(Map.of()),
                browser.isNew(),
                factorAt == null ? null : Duration.between(factorAt, clock.instant()),
                origin != null && lookAtCountries(tenant) && countries.isNew(tenant, user, origin.userAddress()),
                origin != null && looksAtRisk(policy) ? risk.of(tenant, origin.userAddress()) : SignInRisk.Level.LOW);
        var settings = tenants.settings(tenant);
        var factors = Factors.of(settings);
        var demand = policy.demand(factors, facts, action, atLeast);
        if (!client.equals(Clients.ACCOUNT)) return demand;
        // What can be removed there is what every application asks for, so the strictest of them has the word.
        return policy.clients().stream()
                .map(one -> policy.demand(factors, facts.of(one), action, atLeast))
                .reduce(demand.and(planned(settings)), Demand::and);
    }

    private static boolean looksAtRisk(SignInPolicy policy) {
        return policy.rules().stream().anyMatch(rule -> rule.risk() != null);
    }

    /** The plan waits for the next sign-in where a session answers; there it does not, as a passkey could be gone by then. */
    private Demand planned(TenantSettings settings) {
        return switch (PasskeyPolicy.of(settings).sufficient(Clients.ACCOUNT, clock.instant())) {
            case PHISHING_RESISTANT -> new Demand(Demand.Level.PHISHING_RESISTANT, false);
            case ANY, NO_PHONE -> Demand.NOTHING;
        };
    }

    private SignInPolicy policy(TenantId tenant) {
        return SignInPolicy.of(tenants.settings(tenant));
    }
}
