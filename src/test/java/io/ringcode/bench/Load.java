package io.ringcode.bench;

import io.ringcode.bench.ClosedLoop.Measured;
import io.ringcode.bench.Machine.Cpu;
import io.ringcode.server.RingcodeServer;
import io.ringcode.server.postgres.EmbeddedPostgres;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.DataFolder;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Ceremonies against a server in its own process, and their bare SQL on the same PostgreSQL in the same run. */
final class Load {
    /** Until the compiler has come to rest; less is enough for what follows in the same processes. */
    private static final Duration WARM_UP = seconds("ringcode.bench.warm-up", 60);

    private static final Duration WINDOW = seconds("ringcode.bench.window", 20);

    static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /** Resident memory, in kB, after the load. */
    record Memory(long server, long database) {}

    record Result(Measured opaque, Measured openid, Measured bare, Memory memory) {
        /** The CPU of a ceremony over that of its bare SQL, client and database on either side. */
        double ratio(Measured ceremonies) {
            return perCeremony(ceremonies, ceremonies.cpu().server())
                    / perCeremony(bare, bare.cpu().client());
        }

        private static double perCeremony(Measured measured, double client) {
            return (client + measured.cpu().database()) / measured.ceremonies();
        }
    }

    private Load() {}

    static Map<String, String> environment(EmbeddedPostgres postgres) {
        return Map.of(
                "RINGCODE_DATABASE_URL", postgres.jdbcUrl(),
                "RINGCODE_DATABASE_USERNAME", postgres.username(),
                "RINGCODE_DATABASE_PASSWORD", postgres.password(),
                "RINGCODE_MASTER_KEY", MASTER_KEY);
    }

    static Result run(Path home, Path folder) throws Exception {
        try (var data = DataFolder.open(folder.resolve("database"));
                var postgres = EmbeddedPostgres.start(data);
                var carrier = new LeanCarrier()) {
            var environment = new HashMap<>(environment(postgres));
            environment.put("RINGCODE_TWILIO_BASE_URL", carrier.baseUrl());
            var tenant = seeded(environment, folder.resolve("seed"));
            try (var server = ServerProcess.start(home, folder.resolve("server"), environment)) {
                return run(server, postgres, carrier, tenant);
            }
        }
    }

    private static Tenant seeded(Map<String, String> environment, Path folder) throws Exception {
        var arguments = new String[] {"--port", "0", "--data", folder.toString()};
        try (var server = RingcodeServer.start(Settings.read(arguments, environment))) {
            return Tenant.seed(server);
        }
    }

    private static Result run(ServerProcess server, EmbeddedPostgres postgres, LeanCarrier carrier, Tenant tenant)
            throws Exception {
        var postmaster = Machine.postmaster();
        var opaque = signIns(server, postgres, carrier, tenant, postmaster, Set.of());
        var openid = signIns(server, postgres, carrier, tenant, postmaster, Set.of("openid"));
        var memory = new Memory(Machine.resident(server.handle()), Machine.proportional(postmaster));
        try (var pool = BareSql.pool(postgres)) {
            return new Result(
                    opaque,
                    openid,
                    measured(false, "bare SQL", server, postgres, postmaster, () -> new BareSql(pool)),
                    memory);
        }
    }

    private static Measured signIns(
            ServerProcess server,
            EmbeddedPostgres postgres,
            LeanCarrier carrier,
            Tenant tenant,
            ProcessHandle postmaster,
            Set<String> scopes)
            throws Exception {
        Callable<ClosedLoop.User> users = () -> new SignIns(tenant, carrier, scopes, server.port());
        return measured(scopes.isEmpty(), "ceremonies, scope " + scopes, server, postgres, postmaster, users);
    }

    private static Measured measured(
            boolean isFirst,
            String what,
            ServerProcess server,
            EmbeddedPostgres postgres,
            ProcessHandle postmaster,
            Callable<? extends ClosedLoop.User> users)
            throws Exception {
        var warmUp = isFirst ? WARM_UP : WARM_UP.dividedBy(3);
        Report.progress(what + ": " + warmUp.toSeconds() + " s to warm up, " + WINDOW.toSeconds() + " s measured");
        checkpoint(postgres);
        var measured = ClosedLoop.run(users, warmUp, WINDOW, () -> cpu(server, postmaster));
        if (measured.ceremonies() == 0) throw new IllegalStateException("Nothing went right: " + measured.errors());
        return measured;
    }

    private static Cpu cpu(ServerProcess server, ProcessHandle postmaster) {
        return Machine.cpu(server.handle(), postmaster);
    }

    /** So that every part begins with as little left over from the one before. */
    private static void checkpoint(EmbeddedPostgres postgres) throws Exception {
        try (var connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    private static Duration seconds(String property, int usual) {
        return Duration.ofSeconds(Integer.getInteger(property, usual));
    }
}
