package io.ringcode.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One, two and three servers on one database. Where there are several, a code is always asked for at one and typed at
 * another.
 */
final class Nodes {
    private static final int MOST = 3;
    private static final Duration WINDOW = Times.window(20);

    private Nodes() {}

    static void run(Path home, Path folder) throws Exception {
        var servers = new ArrayList<ServerProcess>();
        try (var bed = Testbed.open(home, folder)) {
            try {
                var tenant = bed.seeded(Tenant::usual, Tenant.PEOPLE);
                var rows = new ArrayList<Report.Row>();
                while (servers.size() < MOST) {
                    servers.add(bed.start("node-" + servers.size(), Map.of()));
                    var name = servers.size() + (servers.size() == 1 ? " node" : " nodes");
                    var nodes = subject(name, bed, tenant, List.copyOf(servers));
                    rows.add(Report.Row.of(name, bed.closed(nodes, ClosedLoop.USERS, Times.WARM_UP, WINDOW)));
                }
                Report.rows(rows);
            } finally {
                for (var server : servers) server.close();
            }
        }
    }

    private static Subject subject(String name, Testbed bed, Tenant tenant, List<ServerProcess> servers) {
        var users = new AtomicInteger();
        return bed.of(name, servers, () -> {
            var user = users.getAndIncrement();
            var first = servers.get(user % servers.size()).port();
            var second = servers.get((user + 1) % servers.size()).port();
            return new SignIns(tenant, bed.carrier(), Set.of(), first, second);
        });
    }
}
