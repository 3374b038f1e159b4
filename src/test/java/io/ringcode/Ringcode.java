package io.ringcode;

import io.ringcode.TestDatabase.Database;
import io.ringcode.authorization.TestSigningKeys;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.client.Connections;
import io.ringcode.database.DatabaseClock;
import io.ringcode.delivery.LateRows;
import io.ringcode.delivery.TestClock;
import io.ringcode.delivery.outbox.Dispatcher;
import io.ringcode.geoip.MaxMindFile;
import io.ringcode.server.RingcodeServer;
import io.ringcode.server.settings.Settings;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.PasswordCost;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A running server on a real database, with a carrier that remembers and a clock that obeys. One is shared by all tests,
 * each of which works in a tenant of its own. It may be several nodes behind a proxy; what is asked of its beans is then
 * asked of the first one's.
 */
public final class Ringcode implements AutoCloseable {
    public static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final AtomicInteger TENANTS = new AtomicInteger();

    /** How many nodes the shared server is made of. */
    private static final int NODES = Integer.getInteger("ringcode.nodes", 1);

    private final RingcodeServer server;
    private final @Nullable ProxiedNodes behind;
    private final FakeCarrier carrier;
    private final TestClock clock;

    private Ringcode(RingcodeServer server, FakeCarrier carrier, TestClock clock) {
        this(server, null, carrier, clock);
    }

    private Ringcode(RingcodeServer server, @Nullable ProxiedNodes behind, FakeCarrier carrier, TestClock clock) {
        this.server = server;
        this.behind = behind;
        this.carrier = carrier;
        this.clock = clock;
    }

    /** This machine is in New Zealand, by the operator's file of addresses; some other networks have numbers. */
    private static final class Addresses {
        static final Path FILE = write();

        private static Path write() {
            try {
                var folder = Files.createTempDirectory("ringcode-addresses");
                folder.toFile().deleteOnExit();
                var file = MaxMindFile.write(
                        folder.resolve("addresses.mmdb"),
                        Map.of(
                                "127.0.0.0/8",
                                Map.of("country", Map.of("iso_code", "NZ")),
                                "2001:db8:a5::/48",
                                Map.of("autonomous_system_number", 64_500, "is_hosting_provider", true)));
                file.toFile().deleteOnExit();
                return file;
            } catch (IOException full) {
                throw new IllegalStateException(full);
            }
        }
    }

    private static final class Shared {
        static final Database DATABASE = TestDatabase.freshDatabase();
        /** With time for the first process of a script on a machine that is busy with other tests. */
        static final Ringcode ONE = startedWith("ringcode.delivery.answer-wait", "8s", Shared::start);

        private static Ringcode start() {
            if (NODES == 1) return on(DATABASE, new FakeCarrier(), new TestClock());
            var several = behindProxy(DATABASE, NODES, new FakeCarrier(), new TestClock());
            Runtime.getRuntime().addShutdownHook(new Thread(several::stopProxy));
            return several;
        }
    }

    /** Thousands of tests sign somebody in, and hashing passwords at their real cost takes a third of the time of all of them. */
    private static final PasswordCost CHEAP = new PasswordCost(64, 1);

    public static Ringcode shared() {
        return Shared.ONE;
    }

    /** A further node beside the shared one, with so few connections to the database that one which is kept is missed. */
    public static Ringcode besideShared(int connections) {
        // Before the bound is set, so that the shared one has none where this is the first to ask for it.
        var shared = shared();
        return startedWith(
                "spring.datasource.hikari.maximum-pool-size",
                Integer.toString(connections),
                () -> on(Shared.DATABASE, shared.carrier(), shared.clock()));
    }

    private static Ringcode startedWith(String property, String value, Supplier<Ringcode> start) {
        System.setProperty(property, value);
        try {
            return start.get();
        } finally {
            System.clearProperty(property);
        }
    }

    /** A further server; several on one database are the nodes of one installation. */
    public static Ringcode on(Database database, FakeCarrier carrier, TestClock clock) {
        return on(database, carrier, clock, Map.of());
    }

    public static Ringcode on(Database database, FakeCarrier carrier, TestClock clock, Map<String, String> more) {
        return new Ringcode(start(database, carrier, clock, more), carrier, clock);
    }

    /** Nodes of one installation, which an HAProxy asks by turns. */
    public static Ringcode behindProxy(Database database, int nodes, FakeCarrier carrier, TestClock clock) {
        var trusting = Map.of("RINGCODE_TRUSTED_PROXIES", "127.0.0.1");
        var behind = ProxiedNodes.of(Stream.generate(() -> start(database, carrier, clock, trusting))
                .limit(nodes)
                .toList());
        return new Ringcode(behind.servers().getFirst(), behind, carrier, clock);
    }

    /** A server by the database's time, on a machine whose clock is ahead by so much. */
    public static Ringcode ahead(Duration time, Database database, FakeCarrier carrier) {
        var clock = new DatabaseClock(Clock.offset(Clock.systemUTC(), time));
        return new Ringcode(start(database, carrier, clock, Map.of()), carrier, new TestClock());
    }

    private static RingcodeServer start(Database database, FakeCarrier carrier, Clock clock, Map<String, String> more) {
        try {
            var env = new HashMap<>(Map.of(
                    "RINGCODE_DATABASE_URL", database.url(),
                    "RINGCODE_DATABASE_USERNAME", database.user(),
                    "RINGCODE_DATABASE_PASSWORD", database.password(),
                    "RINGCODE_MASTER_KEY", MASTER_KEY,
                    "RINGCODE_IP_DATABASES", Addresses.FILE.toString(),
                    "RINGCODE_REACHABLE",
                            "127.0.0.2,127.0.0.1:" + carrier.baseUrl().getPort()));
            env.putAll(FakeCarrier.environment(carrier.baseUrl()));
            env.putAll(more);
            var folder = Files.createTempDirectory("ringcode-node");
            folder.toFile().deleteOnExit();
            var arguments = new String[] {"--dev", "--port", "0", "--data", folder.toString()};
            return RingcodeServer.start(Settings.read(arguments, env), clock, Map.of("passwordCost", CHEAP));
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }

    /**
     * A server on a data folder with a PostgreSQL of its own, by the clock of this machine: what a process on the same
     * folder finds later. Its default tenant is set up as those of {@link #tenant}.
     */
    public static TestTenant inFolder(Path folder, FakeCarrier carrier) {
        return inFolder(folder, carrier, Map.of());
    }

    public static TestTenant inFolder(Path folder, FakeCarrier carrier, Map<String, String> more) {
        var arguments = new String[] {"--dev", "--port", "0", "--data", folder.toString()};
        var env = new HashMap<>(FakeCarrier.environment(carrier.baseUrl()));
        env.put("RINGCODE_MASTER_KEY", MASTER_KEY);
        env.putAll(more);
        var server = new Ringcode(RingcodeServer.start(Settings.read(arguments, env)), carrier, new TestClock());
        return TestTenant.prepare(server, TenantId.DEFAULT, "localhost");
    }

    /** A server on a data folder that has been furnished before, by the clock of this machine. */
    public static Ringcode again(Path folder, FakeCarrier carrier) {
        var env = new HashMap<>(FakeCarrier.environment(carrier.baseUrl()));
        env.put("RINGCODE_MASTER_KEY", MASTER_KEY);
        var arguments = new String[] {"--dev", "--port", "0", "--data", folder.toString()};
        return new Ringcode(RingcodeServer.start(Settings.read(arguments, env)), carrier, new TestClock());
    }

    /** A tenant that nobody else uses: Twilio is set up, every factor is on, and a second one always asked for. */
    public TestTenant tenant() {
        var name = "tenant-" + TENANTS.incrementAndGet();
        var id = new TenantId(name);
        bean(Tenants.class).create(id, clock.instant());
        bean(JdbcClient.class)
                .sql("UPDATE tenant SET domain = :domain WHERE id = :id")
                .param("domain", name + ".test")
                .param("id", name)
                .update();
        TestSigningKeys.give(this, id);
        bean(Connections.class).ensureDefault(id, clock.instant());
        return TestTenant.prepare(this, id, name + ".test");
    }

    public int port() {
        return behind == null ? server.port() : behind.proxy().port();
    }

    /** The servers that this is made of. */
    public List<RingcodeServer> nodes() {
        return behind == null ? List.of(server) : behind.servers();
    }

    public FakeCarrier carrier() {
        return carrier;
    }

    public TestClock clock() {
        return clock;
    }

    public <T> Collection<T> beans(Class<T> type) {
        return server.context().getBeansOfType(type).values();
    }

    public <T> T bean(Class<T> type) {
        return server.context().getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return server.context().getBean(name, type);
    }

    /** Waits until the rows of what carriers took are written. */
    public void settle() {
        for (var node : nodes()) LateRows.await(node.context().getBean(Dispatcher.class));
    }

    /** Waits also until every node knows what a request has changed. */
    public void settle(HttpRequest after) {
        settle();
        if (behind != null) behind.agree(after);
    }

    private void stopProxy() {
        if (behind != null) behind.proxy().close();
    }

    @Override
    public void close() {
        if (behind == null) server.close();
        else behind.close();
    }
}
