package io.ringcode.bench;

import io.ringcode.bench.Machine.Cpu;
import io.ringcode.server.RingcodeServer;
import io.ringcode.server.postgres.EmbeddedPostgres;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.sql.DataSource;

/** One PostgreSQL with people in it, one carrier, and servers on them, each in its own process. */
final class Testbed implements AutoCloseable {
    static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final Path home;
    private final Path folder;
    private final Map<String, String> environment;
    private final DataFolder data;
    private final EmbeddedPostgres postgres;
    private final ProcessHandle postmaster;
    private final LeanCarrier carrier;

    private Testbed(Path home, Path folder) throws IOException {
        this.home = home;
        this.folder = folder;
        this.data = DataFolder.open(folder.resolve("database"));
        this.postgres = EmbeddedPostgres.start(data);
        this.postmaster = Machine.postmaster();
        this.carrier = new LeanCarrier();
        this.environment = new HashMap<>(environment(postgres));
        environment.put("RINGCODE_TWILIO_BASE_URL", carrier.baseUrl());
    }

    /** @param folder that is removed afterwards, with everything in it */
    static Testbed open(Path home, Path folder) throws IOException {
        return new Testbed(home, folder);
    }

    static Map<String, String> environment(EmbeddedPostgres postgres) {
        return Map.of(
                "RINGCODE_DATABASE_URL", postgres.jdbcUrl(),
                "RINGCODE_DATABASE_USERNAME", postgres.username(),
                "RINGCODE_DATABASE_PASSWORD", postgres.password(),
                "RINGCODE_MASTER_KEY", MASTER_KEY);
    }

    /** Of servers on another database beside the usual one. */
    Map<String, String> environment(String url) {
        var all = new HashMap<>(environment);
        all.put("RINGCODE_DATABASE_URL", url);
        return all;
    }

    Tenant seeded(Function<RingcodeServer, Tenant> seed, int people) throws Exception {
        Report.progress("seeds " + people + " people");
        var arguments =
                new String[] {"--port", "0", "--data", folder.resolve("seed").toString()};
        try (var server = RingcodeServer.start(Settings.read(arguments, environment));
                var connection = connection()) {
            var tenant = seed.apply(server);
            tenant.growTo(people, connection);
            return tenant;
        }
    }

    /** @param more variables besides those of database and carrier */
    ServerProcess start(String name, Map<String, String> more) throws Exception {
        var all = new HashMap<>(environment);
        all.putAll(more);
        return ServerProcess.start(home, folder.resolve(name), all);
    }

    Subject signIns(String name, Tenant tenant, Set<String> scopes, ServerProcess server) {
        return of(name, List.of(server), () -> new SignIns(tenant, carrier, scopes, server.port()));
    }

    /** The same work without a server, in this process. */
    Subject bareSql(DataSource database) {
        var self = List.of(ProcessHandle.current());
        return new Subject("bare SQL", () -> new BareSql(database), () -> cpu(self), () -> Batches.NONE);
    }

    Subject of(String name, List<ServerProcess> servers, Callable<? extends User> users) {
        var processes = servers.stream().map(ServerProcess::handle).toList();
        return new Subject(name, users, () -> cpu(processes), () -> Batches.of(servers));
    }

    Cpu cpu(List<ProcessHandle> servers) {
        return Machine.cpu(servers, postmaster);
    }

    Measured closed(Subject subject, int users, Duration warmUp, Duration window) throws Exception {
        announce(subject, users + " users", warmUp, window);
        return told(ClosedLoop.run(subject, users, warmUp, window));
    }

    Measured open(Subject subject, int perSecond, Duration warmUp, Duration window) throws Exception {
        announce(subject, perSecond + " a second", warmUp, window);
        return told(OpenLoop.run(subject, perSecond, warmUp, window));
    }

    private static Measured told(Measured window) {
        Report.progress(String.format(
                Locale.ROOT,
                "  %,.0f a second, %.3f ms of CPU, of which the database %.3f",
                window.perSecond(),
                window.cost(),
                window.cpu().database() / window.ceremonies()));
        return window;
    }

    private void announce(Subject subject, String load, Duration warmUp, Duration window) throws SQLException {
        Report.progress(subject.name() + ", " + load + ": " + warmUp.toSeconds() + " s to warm up, "
                + window.toSeconds() + " s measured");
        checkpoint();
    }

    /** So that every window begins with as little left over from the one before. */
    private void checkpoint() throws SQLException {
        execute("CHECKPOINT");
    }

    /** What a warm-up at full load has left for PostgreSQL to clear away, at a rate that leaves little. */
    void vacuum() throws SQLException {
        execute("VACUUM ANALYZE");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    ProcessHandle postmaster() {
        return postmaster;
    }

    LeanCarrier carrier() {
        return carrier;
    }

    @Override
    public void close() throws IOException {
        carrier.close();
        postgres.close();
        data.close();
    }
}
