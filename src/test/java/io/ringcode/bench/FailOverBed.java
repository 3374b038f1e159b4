package io.ringcode.bench;

import io.ringcode.cluster.HaProxy;
import io.ringcode.cluster.PatroniCluster;
import io.ringcode.server.RingcodeServer;
import io.ringcode.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Two servers on a PostgreSQL that fails over, proxies before both, and people. */
final class FailOverBed implements AutoCloseable {
    private static final int MEMBERS = 3;
    private static final int SERVERS = 2;

    private final Path home;
    private final Path folder;
    private final PatroniCluster cluster;
    private final HaProxy primary;
    private final LeanCarrier carrier = new LeanCarrier();
    private final List<ServerProcess> servers = new ArrayList<>();
    private final List<Path> logs = new ArrayList<>();
    private Map<String, String> environment = Map.of();

    /** How servers find the primary. */
    enum Way {
        HAPROXY("HAProxy"),
        SEVERAL_HOSTS("several hosts");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private FailOverBed(Path home, Path folder) throws Exception {
        this.home = home;
        this.folder = folder;
        this.cluster = PatroniCluster.start(folder, MEMBERS);
        try {
            this.primary = HaProxy.before(cluster, folder);
        } catch (Exception failure) {
            cluster.close();
            throw failure;
        }
    }

    static FailOverBed open(Path home, Path folder) throws Exception {
        Report.progress("starts etcd, " + MEMBERS + " PostgreSQL under Patroni, and HAProxy");
        return new FailOverBed(home, folder);
    }

    /** @param quotas tenants without a carrier, each with a quota of its own */
    record Tenants(Tenant usual, List<Tenant> quotas) {}

    Tenants seeded(int quotas) throws Exception {
        Report.progress("seeds " + Tenant.PEOPLE + " people");
        var arguments =
                new String[] {"--port", "0", "--data", folder.resolve("seed").toString()};
        try (var server = RingcodeServer.start(Settings.read(arguments, environment(Way.SEVERAL_HOSTS)));
                var connection = cluster.connect()) {
            var usual = Tenant.usual(server);
            usual.growTo(Tenant.PEOPLE, connection);
            var others = new ArrayList<Tenant>();
            for (int i = 0; i < quotas; i++) {
                var other = Tenant.evaluating(server, "quota-" + i);
                other.growTo(QuotaLoad.PEOPLE, connection);
                others.add(other);
            }
            return new Tenants(usual, others);
        }
    }

    private Map<String, String> environment(Way way) {
        var all = new HashMap<String, String>();
        all.put("RINGCODE_DATABASE_URL", url(way));
        all.put("RINGCODE_DATABASE_USERNAME", PatroniCluster.NAME);
        all.put("RINGCODE_DATABASE_PASSWORD", cluster.password());
        all.put("RINGCODE_MASTER_KEY", Testbed.MASTER_KEY);
        all.put("RINGCODE_TWILIO_BASE_URL", carrier.baseUrl());
        all.put("RINGCODE_STOP_DELAY", "2");
        return all;
    }

    private String url(Way way) {
        return switch (way) {
            case HAPROXY -> "jdbc:postgresql://127.0.0.1:" + primary.port() + "/" + PatroniCluster.NAME;
            case SEVERAL_HOSTS -> cluster.url();
        };
    }

    void startServers(Way way) throws Exception {
        stopServers();
        environment = environment(way);
        for (int i = 0; i < SERVERS; i++) servers.add(start(ServerProcess.freePort()));
    }

    private ServerProcess start(int port) throws Exception {
        var data = folder.resolve("server-" + logs.size());
        logs.add(Path.of(data + ".log"));
        return ServerProcess.start(home, data, environment, port);
    }

    void stopServers() {
        for (var server : servers) server.close();
        servers.clear();
    }

    List<Integer> ports() {
        return servers.stream().map(ServerProcess::port).toList();
    }

    void killServer() {
        servers.getFirst().kill();
    }

    /** The one that was killed, at its port. */
    void startServer() throws Exception {
        servers.set(0, start(servers.getFirst().port()));
    }

    void restartServers() throws Exception {
        for (int i = 0; i < servers.size(); i++) {
            servers.get(i).close();
            servers.set(i, start(servers.get(i).port()));
        }
    }

    HaProxy proxy() throws Exception {
        return HaProxy.before(ports(), folder);
    }

    DatabaseProbe probe(Way way) {
        return DatabaseProbe.start(url(way), PatroniCluster.NAME, cluster.password());
    }

    PatroniCluster cluster() {
        return cluster;
    }

    LeanCarrier carrier() {
        return carrier;
    }

    /** Lines of all servers' logs so far. */
    List<String> log() throws Exception {
        var all = new ArrayList<String>();
        for (var log : logs) {
            try (Stream<String> lines = Files.lines(log)) {
                lines.forEach(all::add);
            }
        }
        return all;
    }

    /** @return how many codes the built-in provider was given */
    int builtIn(Tenant tenant) throws Exception {
        try (var connection = cluster.connect();
                var statement = connection.prepareStatement("SELECT count(*) FROM inbox WHERE tenant_id = ?")) {
            statement.setString(1, tenant.id().value());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Override
    public void close() throws IOException {
        stopServers();
        primary.close();
        cluster.close();
        carrier.close();
    }
}
