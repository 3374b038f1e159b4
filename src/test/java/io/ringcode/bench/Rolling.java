package io.ringcode.bench;

import io.ringcode.bench.RollingReport.Phase;
import io.ringcode.cluster.ClusterPrograms;
import io.ringcode.cluster.HaProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What people meet while an installation is upgraded: two servers of an earlier version on one database, behind an HAProxy, are replaced one by
 * one by this version, the first of which migrates the schema, while codes are asked for and typed.
 */
final class Rolling {
    private static final int SERVERS = 2;
    private static final Duration WARM_UP = Times.window(20);
    private static final Duration AROUND = Times.window(20);
    private static final Duration STRETCH = Duration.ofSeconds(5);

    private Rolling() {}

    /** @param ref of git; null for the last release */
    static void run(Path home, Path folder, @Nullable String ref) throws Exception {
        var wanted = ref == null ? EarlierBuild.lastRelease(home).orElse(null) : ref;
        if (wanted == null) {
            Report.progress(
                    "there is no release (tag) before this version: name a ref, as in bench/run rolling HEAD~60");
            return;
        }
        if (ClusterPrograms.absent().contains("haproxy")) {
            Report.progress("no rolling upgrade without Debian's package haproxy");
            return;
        }
        var earlier = EarlierBuild.of(home, wanted);
        try (var bed = Testbed.open(home, folder)) {
            var database = OlderSchema.furnish(bed, earlier.schema());
            RollingReport.say(earlier, EarlierBuild.newest(home), measure(home, folder, bed, database, earlier));
        }
    }

    private static RollingReport.Result measure(
            Path home, Path folder, Testbed bed, OlderSchema database, EarlierBuild earlier) throws Exception {
        var environment = bed.environment(database.url());
        environment.put("RINGCODE_STOP_DELAY", "2");
        var servers = new ArrayList<ServerProcess>();
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < SERVERS; i++) ports.add(ServerProcess.freePort());
        try {
            for (var port : ports)
                servers.add(ServerProcess.start(earlier.home(), folder.resolve("old-" + port), environment, port));
            try (var proxy = HaProxy.before(ports, folder)) {
                var people = new InsistentPeople(database.tenant(), bed.carrier());
                var door = List.of(proxy.port(), proxy.port());
                people.comeTo(door, new Ledger(), WARM_UP);
                var ledger = new Ledger();
                var phases = replaced(people, door, ledger, i -> {
                    servers.get(i).close();
                    servers.set(i, ServerProcess.start(home, folder.resolve("new-" + i), environment, ports.get(i)));
                });
                return new RollingReport.Result(phases, ledger, people.typeAgain(ledger.spent(), door));
            }
        } finally {
            for (var server : servers) server.close();
        }
    }

    private interface Replacement {
        void of(int server) throws Exception;
    }

    private static List<Phase> replaced(
            InsistentPeople people, List<Integer> door, Ledger ledger, Replacement replacement) throws Exception {
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var load = threads.submit(() -> {
                while (!over.get()) people.comeTo(door, ledger, STRETCH);
                return true;
            });
            try {
                var phases = new ArrayList<>(List.of(Phase.begin(ledger)));
                Thread.sleep(AROUND);
                phases.add(phases.getLast().until(ledger, "both of the earlier version"));
                for (int i = 0; i < SERVERS; i++) {
                    replacement.of(i);
                    phases.add(phases.getLast().until(ledger, "number " + (i + 1) + " is stopped and replaced"));
                    Thread.sleep(AROUND);
                    phases.add(
                            phases.getLast().until(ledger, i + 1 < SERVERS ? "one of each" : "both of this version"));
                }
                over.set(true);
                load.get();
                return phases.subList(1, phases.size());
            } finally {
                over.set(true);
            }
        }
    }
}
