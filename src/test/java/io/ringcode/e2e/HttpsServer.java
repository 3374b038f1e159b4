package io.ringcode.e2e;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.administrator.Administrators;
import io.ringcode.authorization.GrantType;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.client.ManagementScopes;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.factor.Factors;
import io.ringcode.factor.Tickets;
import io.ringcode.server.RingcodeServer;
import io.ringcode.server.settings.Settings;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Passwords;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A server of its own, with https, a management client, an application and a user, by the clock of this machine. */
public final class HttpsServer implements AutoCloseable {
    static final String CLIENT_ID = "management-client";
    static final String CLIENT_SECRET = "the secret of the management client";
    static final String APP_ID = "app";
    static final String APP_SECRET = "the secret of the application";
    static final String EMAIL = "ada@example.com";
    static final String PASSWORD = "correct horse battery";

    private final RingcodeServer server;
    private final FakeCarrier carrier;
    private final Path folder;

    private HttpsServer(RingcodeServer server, FakeCarrier carrier, Path folder) {
        this.server = server;
        this.carrier = carrier;
        this.folder = folder;
    }

    static HttpsServer start() throws IOException {
        var carrier = new FakeCarrier();
        return start(
                carrier, 0, Map.of("RINGCODE_TWILIO_BASE_URL", carrier.baseUrl().toString()));
    }

    /** Where {@code carrier} takes the place of every carrier. */
    static HttpsServer startWith(FakeCarrier carrier) throws IOException {
        return start(carrier, 0, FakeCarrier.environment(carrier.baseUrl()));
    }

    /** Where Twilio's place is taken by the local phone. */
    static HttpsServer startWithLocalPhone() throws IOException {
        return startWithLocalPhone(Map.of());
    }

    static HttpsServer startWithLocalPhone(Map<String, String> more) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var environment = new HashMap<>(more);
        environment.put("RINGCODE_TWILIO_BASE_URL", "http://localhost:" + port + "/dev/carriers/twilio");
        return start(new FakeCarrier(), port, environment);
    }

    private static HttpsServer start(FakeCarrier carrier, int port, Map<String, String> more) throws IOException {
        var database = TestDatabase.freshDatabase();
        var folder = Files.createTempDirectory("ringcode-e2e");
        var env = new HashMap<>(more);
        env.putAll(Map.of(
                "RINGCODE_DATABASE_URL",
                database.url(),
                "RINGCODE_DATABASE_USERNAME",
                database.user(),
                "RINGCODE_DATABASE_PASSWORD",
                database.password(),
                "RINGCODE_MASTER_KEY",
                Ringcode.MASTER_KEY,
                "RINGCODE_ADMIN_CLIENT_ID",
                CLIENT_ID,
                "RINGCODE_ADMIN_CLIENT_SECRET",
                CLIENT_SECRET,
                "RINGCODE_TRUSTED_PROXIES",
                "127.0.0.1",
                "RINGCODE_REACHABLE",
                "127.0.0.1"));
        String[] arguments = {"--dev", "--port", "" + port, "--tls", "--tls-port", "0", "--data", folder.toString()};
        var server = new HttpsServer(RingcodeServer.start(Settings.read(arguments, env)), carrier, folder);
        server.furnish();
        return server;
    }

    private void furnish() {
        var tenant = TenantId.DEFAULT;
        var now = Instant.now();
        var app = new ClientId(APP_ID);
        var grants = Arrays.stream(GrantType.values()).map(GrantType::wire).collect(Collectors.toUnmodifiableSet());
        bean(Connections.class).ensureDefault(tenant, now);
        bean(Clients.class).create(new Client(tenant, app, "App", true, grants, List.of()), APP_SECRET, now);
        bean(JdbcClient.class).sql("""
                UPDATE client SET callbacks = ARRAY['https://app.example/callback'],
                       properties = '{"allowed_logout_urls":["https://app.example/bye"]}'
                 WHERE id = :app
                """).param("app", APP_ID).update();
        bean(Apis.class).grant(tenant, app, Apis.MANAGEMENT, List.of("read:users"), now);
        bean(Users.class)
                .create(
                        tenant,
                        Connections.DEFAULT,
                        EMAIL,
                        "Ada",
                        bean(Passwords.class).hash(PASSWORD),
                        now);
        var settings = bean(Tenants.class);
        var on = Map.of("sms", true, "otp", true, "recovery-code", true);
        settings.set(tenant, Factors.FACTORS, new Factors.Switches(on), now);
        settings.set(tenant, Factors.MESSAGE_TYPES, new Factors.MessageTypes(List.of("sms", "voice")), now);
        settings.set(tenant, Factors.POLICIES, new Factors.Policies(List.of("all-applications")), now);
        settings.set(tenant, SelectedProvider.SETTING, new SelectedProvider("twilio"), now);
        setUpTwilio();
    }

    /** As a tenant has it that sends through Twilio. */
    void setUpTwilio() {
        var twilio = Map.of(
                "sid", "AC00000000000000000000000000000000",
                "auth_token", "the-token-of-twilio",
                "default_from", "+14155550100");
        bean(CarrierAccounts.class)
                .save(TenantId.DEFAULT, bean(Carriers.class).form("twilio").orElseThrow(), Change.set(twilio));
    }

    /** A month behind it, as if it had been in use: figures, not messages. */
    public void hasHistory() {
        History.of(bean(JdbcClient.class), TenantId.DEFAULT, LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC));
    }

    /** Messages stay where {@code /dev/phone} shows them. */
    void useLocalPhone() {
        bean(Tenants.class)
                .set(TenantId.DEFAULT, SelectedProvider.SETTING, new SelectedProvider("auth0"), Instant.now());
        bean(Tenants.class)
                .set(
                        TenantId.DEFAULT,
                        Factors.MESSAGE_TYPES,
                        new Factors.MessageTypes(List.of("sms", "voice")),
                        Instant.now());
    }

    UserId person(String email) {
        return bean(Users.class)
                .create(
                        TenantId.DEFAULT,
                        Connections.DEFAULT,
                        email,
                        "Person",
                        bean(Passwords.class).hash(PASSWORD),
                        Instant.now());
    }

    /** One more address that the application's users may be sent back to. */
    void callback(String address) {
        bean(JdbcClient.class)
                .sql("UPDATE client SET callbacks = callbacks || :address::text WHERE id = :app")
                .param("address", address)
                .param("app", APP_ID)
                .update();
    }

    /** A link's ticket for a new person. */
    public String ticket(String email) {
        var client = bean(Clients.class)
                .find(TenantId.DEFAULT, new ClientId(CLIENT_ID))
                .orElseThrow();
        var caller = new Caller(client, new Origin("127.0.0.1", false, null, "localhost"));
        return bean(Tickets.class).issue(caller, person(email), null, false, Instant.now());
    }

    /** The token of a link for an administrator who may do everything. */
    public String administratorLink() {
        return bean(Administrators.class).link(TenantId.DEFAULT, ManagementScopes.ALL, Instant.now());
    }

    /** As a tenant is before an account of Twilio is saved. */
    void removeTwilio() {
        bean(CarrierAccounts.class).delete(TenantId.DEFAULT, "twilio");
    }

    /** What clients that insist on https are pointed at. */
    String domain() {
        return "localhost:" + server.httpsPort();
    }

    /** For those that do not. */
    public String plainUrl() {
        return "http://localhost:" + server.port();
    }

    Path authority() {
        return folder.resolve("tls/ca.pem");
    }

    FakeCarrier carrier() {
        return carrier;
    }

    public <T> T bean(Class<T> type) {
        return server.context().getBean(type);
    }

    /** What this server does not have is shown as not tried. */
    void require(String path) {
        var routes = server.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        if (routes.getHandlerMethods().keySet().stream()
                .noneMatch(route -> route.getPatternValues().contains(path)))
            throw new TestAbortedException("This server has no " + path);
    }

    @Override
    public void close() {
        server.close();
        carrier.close();
    }
}
