package io.ringcode.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The store in which Patroni keeps who leads: one etcd. */
final class Etcd implements AutoCloseable {
    private final Daemon daemon;
    private final int port;

    private Etcd(Daemon daemon, int port) {
        this.daemon = daemon;
        this.port = port;
    }

    static Etcd start(Path parent) throws Exception {
        var folder = Daemon.folder(parent, "etcd");
        var port = Daemon.freePort();
        var clients = "http://127.0.0.1:" + port;
        var peers = "http://127.0.0.1:" + Daemon.freePort();
        var daemon = Daemon.start(
                folder,
                List.of(
                        ClusterPrograms.ETCD.toString(),
                        "--name=one",
                        "--data-dir=" + folder.resolve("data"),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=one=" + peers));
        Daemon.await("etcd", Duration.ofSeconds(30), () -> Daemon.listens(port));
        return new Etcd(daemon, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        daemon.close();
    }
}
