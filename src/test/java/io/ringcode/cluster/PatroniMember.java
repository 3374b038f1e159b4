package io.ringcode.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL under its Patroni; both can be killed or frozen, as when a machine loses its power or is paused. */
public final class PatroniMember implements AutoCloseable {
    private static final String KILL = "KILL";

    private final String name;
    private final Path folder;
    private final int port;
    private final int rest;
    private Daemon patroni;

    private PatroniMember(String name, Path folder, int port, int rest, Daemon patroni) {
        this.name = name;
        this.folder = folder;
        this.port = port;
        this.rest = rest;
        this.patroni = patroni;
    }

    static PatroniMember start(String name, Path parent, int etcd) throws IOException {
        var folder = Daemon.folder(parent, name);
        var port = Daemon.freePort();
        var rest = Daemon.freePort();
        Files.writeString(folder.resolve("patroni.yml"), config(name, folder, port, rest, etcd));
        return new PatroniMember(name, folder, port, rest, run(folder));
    }

    private static Daemon run(Path folder) throws IOException {
        return Daemon.start(folder, List.of(ClusterPrograms.PATRONI.toString(), "" + config(folder)));
    }

    private static Path config(Path folder) {
        return folder.resolve("patroni.yml");
    }

    /** What Patroni and PostgreSQL do by default, but for memory, and where they listen. */
    private static String config(String name, Path folder, int port, int rest, int etcd) {
        return """
                scope: ringcode
                name: %1$s
                restapi: {listen: "127.0.0.1:%3$d", connect_address: "127.0.0.1:%3$d"}
                etcd3: {host: "127.0.0.1:%4$d"}
                bootstrap:
                  dcs:
                    postgresql:
                      use_pg_rewind: true
                      remove_data_directory_on_rewind_failure: true
                      parameters: {max_connections: 100}
                  initdb: [{encoding: UTF8}, {locale: C.UTF-8}, data-checksums]
                postgresql:
                  listen: "127.0.0.1:%2$d"
                  connect_address: "127.0.0.1:%2$d"
                  data_dir: %5$s/data
                  bin_dir: %6$s
                  pgpass: %5$s/pgpass
                  authentication:
                    superuser: {username: postgres, password: %7$s}
                    replication: {username: replicator, password: %7$s}
                  parameters: {unix_socket_directories: "%5$s"}
                  pg_hba:
                    - local all all trust
                    - host all all 127.0.0.1/32 scram-sha-256
                    - host replication all 127.0.0.1/32 scram-sha-256
                """.formatted(
                name, port, rest, etcd, folder, ClusterPrograms.postgres().orElseThrow(), PatroniCluster.PASSWORD);
    }

    public String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** Of Patroni's REST API. */
    int rest() {
        return rest;
    }

    Path config() {
        return config(folder);
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        var file = folder.resolve("data/postmaster.pid");
        if (!Files.exists(file)) return Optional.empty();
        return ProcessHandle.of(
                Long.parseLong(Files.readAllLines(file).getFirst().strip()));
    }

    private List<ProcessHandle> processes() throws IOException {
        var all = new ArrayList<>(Daemon.family(patroni.handle()));
        postmaster().map(Daemon::family).ifPresent(all::addAll);
        return all;
    }

    /** SIGKILL to all of it at once, the checkpointer too. */
    public void kill() throws Exception {
        var all = processes();
        Daemon.signal(KILL, all);
        for (var one : all) one.onExit().join();
    }

    /** SIGSTOP: its connections stay and say nothing. */
    public void freeze() throws Exception {
        Daemon.signal("STOP", processes());
    }

    public void thaw() throws Exception {
        Daemon.signal("CONT", processes());
    }

    /** After it was killed. */
    public void startAgain() throws IOException {
        patroni = run(folder);
    }

    @Override
    public void close() {
        try {
            thaw();
            patroni.close();
            var left = processes();
            Daemon.signal(KILL, left);
        } catch (Exception gone) {
            patroni.close();
        }
    }
}
