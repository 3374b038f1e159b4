package io.ringcode.bench;

import static java.time.ZoneOffset.UTC;

import io.ringcode.TestLimits;
import io.ringcode.authorization.GrantType;
import io.ringcode.authorization.MfaTokens;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.factor.Factors;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.secret.Keyring;
import io.ringcode.server.RingcodeServer;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;

/** The default tenant, with many people who all have a phone. */
final class Tenant {
    static final int PEOPLE = 20_000;
    static final String CLIENT = "bench";
    static final String SECRET = "the-secret-of-the-bench-and-nobody-else";

    private static final TenantId ID = TenantId.DEFAULT;

    private final MfaTokens tokens;
    private final AtomicInteger next = new AtomicInteger();

    private Tenant(MfaTokens tokens) {
        this.tokens = tokens;
    }

    /** @param server one on the database to fill; it may be closed after that */
    static Tenant seed(RingcodeServer server) throws SQLException {
        var context = server.context();
        var now = Instant.now();
        var grants = Arrays.stream(GrantType.values()).map(GrantType::wire).collect(Collectors.toUnmodifiableSet());
        context.getBean(Clients.class)
                .create(new Client(ID, new ClientId(CLIENT), "Bench", true, grants, List.of()), SECRET, now);
        settings(context, now);
        people(context, now);
        return new Tenant(context.getBean(MfaTokens.class));
    }

    private static void settings(ApplicationContext context, Instant now) {
        var tenants = context.getBean(Tenants.class);
        var wide = new Bucket(1_000_000, 0.001);
        tenants.set(ID, SendLimits.NAME, TestLimits.all(wide).with(Limit.TENANT, new Bucket(20_000_000, 0.0001)), now);
        tenants.set(ID, TenantProfile.SETTING, new TenantProfile("Bench", List.of("en")), now);
        tenants.set(ID, Factors.FACTORS, new Factors.Switches(Map.of("sms", true)), now);
        tenants.set(ID, Factors.POLICIES, new Factors.Policies(List.of("all-applications")), now);
        tenants.set(ID, SelectedProvider.SETTING, new SelectedProvider("twilio"), now);
        var twilio = Map.of(
                "sid", "AC00000000000000000000000000000000",
                "auth_token", "the-token-of-twilio",
                "default_from", "+14155550100");
        context.getBean(CarrierAccounts.class)
                .save(ID, context.getBean(Carriers.class).form("twilio").orElseThrow(), Change.set(twilio));
    }

    private static void people(ApplicationContext context, Instant now) throws SQLException {
        var keys = context.getBean(Keyring.class);
        var sealer = keys.sealer("enrollment-phone");
        var index = keys.hash("enrollment-phone");
        try (var connection = context.getBean(DataSource.class).getConnection();
                var users = connection.prepareStatement("""
                        INSERT INTO app_user (tenant_id, id, connection, email, name, security_stamp, created_at, updated_at)
                        VALUES (?, ?, ?, ?, 'A Person', 0, ?, ?)
                        """);
                var phones = connection.prepareStatement("""
                        INSERT INTO enrollment (tenant_id, id, user_id, kind, phone_sealed, phone_index, channel,
                                                created_at, confirmed_at)
                        VALUES (?, ?, ?, 'phone', ?, ?, 'sms', ?, ?)
                        """)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < PEOPLE; i++) {
                var device = "dev_%016d".formatted(i);
                set(users, ID.value(), user(i), Connections.DEFAULT, "person-" + i + "@example.com", now, now);
                users.addBatch();
                set(
                        phones,
                        ID.value(),
                        device,
                        user(i),
                        sealer.seal(number(i), ID.value(), device),
                        index.index(ID.value(), number(i)),
                        now,
                        now);
                phones.addBatch();
            }
            users.executeBatch();
            phones.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
            connection.createStatement().execute("VACUUM ANALYZE");
        }
    }

    private static void set(java.sql.PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++)
            statement.setObject(i + 1, values[i] instanceof Instant time ? time.atOffset(UTC) : values[i]);
    }

    private static String user(int i) {
        return "auth0|%024x".formatted(i);
    }

    private static String number(int i) {
        return "+1415" + (2_000_000 + i);
    }

    /** A person who has just given the right password. */
    record SignIn(String mfaToken, String number) {}

    /** One person after the other, so that none signs in twice at once. */
    SignIn signIn(Set<String> scopes) {
        var i = Math.floorMod(next.getAndIncrement(), PEOPLE);
        return new SignIn(tokens.issue(ID, new ClientId(CLIENT), new UserId(user(i)), 0, null, scopes), number(i));
    }
}
