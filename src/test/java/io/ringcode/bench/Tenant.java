package io.ringcode.bench;

import io.ringcode.TestLimits;
import io.ringcode.authorization.GrantType;
import io.ringcode.authorization.MfaTokens;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.factor.Factors;
import io.ringcode.fraud.FraudRules;
import io.ringcode.fraud.RuleMode;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.secret.Keyring;
import io.ringcode.server.RingcodeServer;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;

/** A tenant with many people who all have a phone. */
final class Tenant {
    static final int PEOPLE = 20_000;
    static final String CLIENT = "bench";
    static final String SECRET = "the-secret-of-the-bench-and-nobody-else";

    /** Prime to every number of people, so that all have their turn, and neighbours in a table do not follow each other. */
    private static final long STRIDE = 7_919;

    private final TenantId id;
    private final String host;
    private final MfaTokens tokens;
    private final People people;
    private final AtomicLong next = new AtomicLong();

    private Tenant(TenantId id, String host, MfaTokens tokens, People people) {
        this.id = id;
        this.host = host;
        this.tokens = tokens;
        this.people = people;
    }

    /**
     * The default tenant, whose carrier is Twilio, still without people.
     *
     * @param server one on the database to fill; it may be closed after that
     */
    static Tenant usual(RingcodeServer server) {
        return seed(
                server,
                TenantId.DEFAULT,
                "localhost",
                "twilio",
                Map.of(
                        "sid", "AC00000000000000000000000000000000",
                        "auth_token", "the-token-of-twilio",
                        "default_from", "+14155550100"));
    }

    /**
     * A tenant whose carrier is Mitto, still without people. They ask for codes and type none, which the guard against SMS pumping
     * would stop.
     */
    static Tenant another(RingcodeServer server) {
        var id = new TenantId("another");
        server.context().getBean(Tenants.class).create(id, "another.localhost", Instant.now());
        server.context()
                .getBean(Tenants.class)
                .set(id, FraudRules.NAME, FraudRules.DEFAULT.all(RuleMode.OFF), Instant.now());
        return seed(
                server,
                id,
                "another.localhost",
                "mitto",
                Map.of("api_key", "the-key-of-mitto", "default_from", "Bench"));
    }

    /** A tenant without a carrier of its own, whose messages count against the built-in quota; still without people. */
    static Tenant evaluating(RingcodeServer server, String name) {
        var context = server.context();
        var id = new TenantId(name);
        context.getBean(Tenants.class).create(id, name + ".localhost", Instant.now());
        furnish(context, id, "auth0", Instant.now());
        return of(context, id, name + ".localhost");
    }

    private static Tenant seed(
            RingcodeServer server, TenantId id, String host, String carrier, Map<String, String> account) {
        var context = server.context();
        furnish(context, id, carrier, Instant.now());
        context.getBean(CarrierAccounts.class)
                .save(id, context.getBean(Carriers.class).form(carrier).orElseThrow(), Change.set(account));
        return of(context, id, host);
    }

    private static Tenant of(ApplicationContext context, TenantId id, String host) {
        return new Tenant(
                id, host, context.getBean(MfaTokens.class), new People(id.value(), context.getBean(Keyring.class)));
    }

    private static void furnish(ApplicationContext context, TenantId id, String carrier, Instant now) {
        var grants = Arrays.stream(GrantType.values()).map(GrantType::wire).collect(Collectors.toUnmodifiableSet());
        context.getBean(Clients.class)
                .create(new Client(id, new ClientId(CLIENT), "Bench", true, grants, List.of()), SECRET, now);
        settings(context, id, carrier, now);
    }

    private static void settings(ApplicationContext context, TenantId id, String carrier, Instant now) {
        var tenants = context.getBean(Tenants.class);
        var wide = new Bucket(1_000_000, 0.001);
        tenants.set(id, SendLimits.NAME, TestLimits.all(wide).with(Limit.TENANT, new Bucket(20_000_000, 0.0001)), now);
        tenants.set(id, TenantProfile.SETTING, new TenantProfile("Bench", List.of("en")), now);
        tenants.set(id, Factors.FACTORS, new Factors.Switches(Map.of("sms", true)), now);
        tenants.set(id, Factors.POLICIES, new Factors.Policies(List.of("all-applications")), now);
        tenants.set(id, SelectedProvider.SETTING, new SelectedProvider(carrier), now);
    }

    void growTo(int count, Connection connection) throws SQLException, IOException {
        people.growTo(count, connection);
    }

    TenantId id() {
        return id;
    }

    String host() {
        return host;
    }

    /** A person who has just given the right password. */
    record SignIn(String mfaToken, String number) {}

    /** One person after the other, so that none signs in twice at once. */
    SignIn signIn(Set<String> scopes) {
        var i = (int) (next.getAndIncrement() * STRIDE % people.count());
        var token = tokens.issue(id, new ClientId(CLIENT), new UserId(People.user(i)), 0, null, scopes);
        return new SignIn(token, People.number(i));
    }
}
