package io.ringcode.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** An HAProxy before the primary of a cluster, or before servers of ours. */
public final class HaProxy implements AutoCloseable {
    /** What docs/operations.md leads to. */
    private static final Path RECOMMENDED = Path.of("packaging/haproxy/haproxy.cfg");

    private final Daemon daemon;
    private final int port;

    private HaProxy(Daemon daemon, int port) {
        this.daemon = daemon;
        this.port = port;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(ClusterPrograms.HAPROXY);
    }

    /** Leads to the primary, by Patroni's REST API, as Patroni's manual has it. */
    public static HaProxy before(PatroniCluster cluster, Path parent) throws Exception {
        var servers = cluster.members().stream()
                .map(member ->
                        "server %s 127.0.0.1:%d check port %d".formatted(member.name(), member.port(), member.rest()))
                .collect(Collectors.joining("\n    "));
        return start(Daemon.folder(parent, "haproxy-primary"), """
                    mode tcp
                    timeout client 30m
                    timeout server 30m
                    option httpchk GET /primary
                    http-check expect status 200
                    default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
                    %s
                """.formatted(servers));
    }

    /**
     * Shares requests among servers of ours, by the configuration that operators are given, without TLS. It runs as whoever
     * asks for it.
     */
    public static HaProxy before(List<Integer> ports, Path parent) throws Exception {
        var servers = ports.stream()
                .map(port -> "    server node-%d 127.0.0.1:%d check".formatted(port, port))
                .collect(Collectors.joining("\n"));
        var port = Daemon.freePort();
        var config = Files.readString(RECOMMENDED)
                .replaceFirst("(?m)^    bind .*$", "    bind 127.0.0.1:" + port)
                .replaceFirst("(?m)(^    server .*\n?)+", servers + "\n");
        var folder = Files.createDirectories(parent.resolve("haproxy-servers"));
        return running(Daemon.startAsCaller(folder, command(folder, config)), port);
    }

    private static HaProxy start(Path folder, String section) throws Exception {
        var port = Daemon.freePort();
        var config = """
                global
                    maxconn 4000
                defaults
                    timeout connect 1s
                listen one
                    bind 127.0.0.1:%d
                %s""".formatted(port, section);
        return running(Daemon.start(folder, command(folder, config)), port);
    }

    private static List<String> command(Path folder, String config) throws IOException {
        var file = Files.writeString(folder.resolve("haproxy.cfg"), config);
        return List.of(ClusterPrograms.HAPROXY.toString(), "-db", "-f", file.toString());
    }

    private static HaProxy running(Daemon daemon, int port) throws Exception {
        Daemon.await("HAProxy", Duration.ofSeconds(10), () -> listens(daemon, port));
        return new HaProxy(daemon, port);
    }

    private static boolean listens(Daemon daemon, int port) throws IOException {
        if (!daemon.isAlive()) throw new IOException("HAProxy did not start");
        return Daemon.listens(port);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        daemon.kill();
    }
}
