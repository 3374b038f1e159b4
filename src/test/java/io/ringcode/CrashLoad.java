package io.ringcode;

import io.ringcode.authorization.GrantType;
import io.ringcode.authorization.MfaTokens;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.client.ClientId;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People who enrol and sign in, one after the other, and everything that they were answered 200 for. */
final class CrashLoad {
    /** Of a server whose carriers do not answer soon. */
    static final String[] QUICK = {
        "ringcode.delivery.connect-timeout=500ms",
        "ringcode.delivery.carrier-timeout=500ms",
        "ringcode.delivery.permit-wait=500ms",
        "ringcode.delivery.sweep-interval=200ms"
    };

    /** Who may sign in, through what. */
    record People(MfaTokens logins, String clientId, String clientSecret) {
        /** A data folder with an application, a carrier's account and many people, as an earlier server left it. */
        static People in(Path folder, FakeCarrier carrier) {
            var tenant = Ringcode.inFolder(folder, carrier);
            var server = tenant.server();
            try {
                var wide = new Bucket(1_000_000, 0.001);
                server.bean(Tenants.class)
                        .set(
                                tenant.id(),
                                SendLimits.NAME,
                                TestLimits.all(wide),
                                server.clock().instant());
                server.bean(JdbcClient.class).sql("""
                        INSERT INTO app_user (tenant_id, id, connection, security_stamp, created_at, updated_at)
                        SELECT 'default', 'auth0|' || n, 'Username-Password-Authentication', 0, now(), now()
                          FROM generate_series(1, 20000) AS n
                        """).update();
                return new People(server.bean(MfaTokens.class), tenant.clientId(), tenant.clientSecret());
            } finally {
                server.close();
            }
        }
    }

    /** What a server has acknowledged. */
    sealed interface Done {
        /** @param texts how many different ones the number has been promised */
        record Sent(String number, int texts) implements Done {}

        record Confirmed(UserId user) implements Done {}

        record Spent(String login, String oobCode, String code) implements Done {}

        record Refreshable(String token) implements Done {}
    }

    private final FakeCarrier carrier;
    private final People people;
    private final AtomicInteger user = new AtomicInteger();
    private final List<Done> done = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, Set<String>> read = new ConcurrentHashMap<>();
    private volatile boolean paused;

    CrashLoad(FakeCarrier carrier, People people) {
        this.carrier = carrier;
        this.people = people;
    }

    List<Done> done() {
        return done;
    }

    /** The codes that people have read on the phone of this number: one that was used is not sent again. */
    Set<String> read(String number) {
        return read.getOrDefault(number, Set.of());
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /** Until told to pause, or until nobody answers any more. */
    void run(ServerProcess server) {
        while (!paused) {
            try {
                person(server, new UserId("auth0|" + user.incrementAndGet()));
            } catch (IOException killed) {
                // What it was doing is in doubt, and promised to nobody.
            }
        }
    }

    private void person(ServerProcess server, UserId who) throws IOException {
        var number = TestTenant.newNumber();
        var login = mfaToken(who);
        var associated = associate(server, login, number);
        if (associated.status() != 200) return;
        done.add(new Done.Sent(number, 1));
        var tokens = spend(server, login, number, associated.text("oob_code"));
        if (tokens.status() != 200) return;
        done.add(new Done.Confirmed(who));
        done.add(new Done.Refreshable(tokens.text("refresh_token")));

        var again = mfaToken(who);
        var started = challenge(server, again);
        if (started.status() != 200) return;
        done.add(new Done.Sent(number, 2));
        spend(server, again, number, started.text("oob_code"));
    }

    private Answer spend(ServerProcess server, String login, String number, String oobCode) throws IOException {
        var code = code(number);
        read.computeIfAbsent(number, _ -> ConcurrentHashMap.newKeySet()).add(code);
        var tokens = verify(server, login, oobCode, code);
        if (tokens.status() == 200) done.add(new Done.Spent(login, oobCode, code));
        return tokens;
    }

    private String code(String number) throws IOException {
        try {
            return carrier.lastCode(number);
        } catch (IllegalStateException notYet) {
            throw new IOException(notYet); // It waits for a retry.
        }
    }

    String mfaToken(UserId who) {
        return people.logins()
                .issue(
                        TenantId.DEFAULT,
                        new ClientId(people.clientId()),
                        who,
                        0,
                        null,
                        Set.of("openid", "offline_access"));
    }

    Answer associate(ServerProcess server, String login, String number) throws IOException {
        return server.post(
                "/mfa/associate",
                login,
                Map.of("authenticator_types", List.of("oob"), "oob_channels", List.of("sms"), "phone_number", number));
    }

    Answer challenge(ServerProcess server, String login) throws IOException {
        return server.post(
                "/mfa/challenge",
                null,
                Map.of("mfa_token", login, "client_id", people.clientId(), "client_secret", people.clientSecret()));
    }

    Answer verify(ServerProcess server, String login, String oobCode, String code) throws IOException {
        return token(
                server,
                Map.of(
                        "grant_type",
                        GrantType.MFA_OOB.wire(),
                        "mfa_token",
                        login,
                        "oob_code",
                        oobCode,
                        "binding_code",
                        code));
    }

    Answer refresh(ServerProcess server, String token) throws IOException {
        return token(server, Map.of("grant_type", GrantType.REFRESH_TOKEN.wire(), "refresh_token", token));
    }

    private Answer token(ServerProcess server, Map<String, Object> fields) throws IOException {
        var body = new java.util.HashMap<>(fields);
        body.put("client_id", people.clientId());
        body.put("client_secret", people.clientSecret());
        return server.post("/oauth/token", null, body);
    }
}
