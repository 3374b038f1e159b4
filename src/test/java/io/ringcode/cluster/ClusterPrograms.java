package io.ringcode.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The programs of Debian's packages that a cluster is made of. */
public final class ClusterPrograms {
    static final Path ETCD = Path.of("/usr/bin/etcd");
    static final Path PATRONI = Path.of("/usr/bin/patroni");
    static final Path PATRONICTL = Path.of("/usr/bin/patronictl");
    static final Path HAPROXY = Path.of("/usr/sbin/haproxy");

    /** Through which Patroni speaks to etcd. */
    private static final Path PYTHON_ETCD = Path.of("/usr/lib/python3/dist-packages/etcd");

    private static final Path POSTGRES = Path.of("/usr/lib/postgresql");

    private ClusterPrograms() {}

    /** The packages that are not installed; empty where a cluster can be started. */
    public static List<String> absent() {
        var needed = new TreeMap<>(
                Map.of("etcd-server", ETCD, "patroni", PATRONI, "haproxy", HAPROXY, "python3-etcd", PYTHON_ETCD));
        needed.values().removeIf(Files::exists);
        var absent = new java.util.ArrayList<>(needed.keySet());
        if (postgres().isEmpty()) absent.add("postgresql");
        return absent;
    }

    /** The folder with the programs of the newest PostgreSQL. */
    static Optional<Path> postgres() {
        if (!Files.isDirectory(POSTGRES)) return Optional.empty();
        try (var versions = Files.list(POSTGRES)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
                    .max(Comparator.comparingInt(version -> Integer.parseInt("" + version.getFileName())))
                    .map(version -> version.resolve("bin"));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
