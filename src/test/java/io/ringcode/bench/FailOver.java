package io.ringcode.bench;

import io.ringcode.bench.FailOverBed.Way;
import io.ringcode.cluster.ClusterPrograms;
import io.ringcode.cluster.HaProxy;
import io.ringcode.cluster.PatroniCluster.Replication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * What people meet while servers are killed, and while their PostgreSQL fails over: codes that were lost, spent twice or sent
 * twice, and how long nothing went.
 */
final class FailOver {
    private static final Duration WARM_UP = Times.window(20);
    private static final Duration BEFORE = Duration.ofSeconds(5);

    /** For whose people's codes the quota is asked beyond what it has. */
    private static final int QUOTA_ASKED = 300;

    private final FailOverBed bed;
    private final FailOverBed.Tenants tenants;
    private final InsistentPeople people;
    private int quotasUsed;

    /** One line of the table. */
    private record Case(FailOverEvent event, Way way, Replication replication) {
        String title() {
            return switch (event) {
                case NODE_KILLED, NODES_RESTARTED -> event.title();
                case SWITCH_OVER, PRIMARY_KILLED, PRIMARY_FROZEN -> event.title() + ", by " + way.title();
            };
        }
    }

    private FailOver(FailOverBed bed, FailOverBed.Tenants tenants) {
        this.bed = bed;
        this.tenants = tenants;
        this.people = new InsistentPeople(tenants.usual(), bed.carrier());
    }

    /** {@code -Dringcode.bench.events=PRIMARY_KILLED,…} names some. */
    static void run(Path home, Path folder) throws Exception {
        var absent = ClusterPrograms.absent();
        if (!absent.isEmpty()) {
            FailOverReport.absent(absent);
            return;
        }
        var cases = cases(System.getProperty("ringcode.bench.events", ""));
        try (var bed = FailOverBed.open(home, folder)) {
            var failOver = new FailOver(bed, bed.seeded(cases.size()));
            FailOverReport.head();
            for (var way : Way.values())
                for (var replication : Replication.values()) {
                    var these = cases.stream()
                            .filter(one -> one.way() == way && one.replication() == replication)
                            .toList();
                    if (!these.isEmpty()) failOver.measure(way, replication, these);
                }
        }
    }

    private static List<Case> cases(String named) {
        var wanted = named.isEmpty() ? Set.<String>of() : Set.of(named.split(",", -1));
        var cases = new ArrayList<Case>();
        for (var way : Way.values())
            for (var replication : Replication.values())
                for (var event : FailOverEvent.values()) {
                    var plain = way == Way.HAPROXY && replication == Replication.ASYNCHRONOUS;
                    var measured = switch (event) {
                        // Where the database is does not matter to them.
                        case NODE_KILLED, NODES_RESTARTED -> plain;
                        case SWITCH_OVER, PRIMARY_KILLED -> true;
                        case PRIMARY_FROZEN -> replication == Replication.ASYNCHRONOUS;
                    };
                    if (measured && (wanted.isEmpty() || wanted.contains(event.name())))
                        cases.add(new Case(event, way, replication));
                }
        return cases;
    }

    private void measure(Way way, Replication replication, List<Case> cases) throws Exception {
        bed.cluster().replicate(replication);
        bed.startServers(way);
        Report.progress("warm-up, " + way.title() + ", " + replication);
        people.comeTo(bed.ports(), new Ledger(), WARM_UP);
        for (var one : cases) {
            Report.progress(one.title() + ", " + replication);
            var row = measure(one);
            FailOverReport.say(row);
            FailOverReport.details(row);
        }
        bed.stopServers();
    }

    private FailOverReport.Row measure(Case one) throws Exception {
        bed.cluster().awaitCalm();
        var event = one.event();
        var ledger = new Ledger();
        var quota = tenants.quotas().get(quotasUsed++);
        var logged = bed.log().size();
        try (var probe = bed.probe(one.way());
                var proxy = proxy(event);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ports = proxy == null ? bed.ports() : List.of(proxy.port(), proxy.port());
            var load = threads.submit(() -> {
                people.comeTo(ports, ledger, BEFORE.plus(event.watched()));
                return true;
            });
            var granted = threads.submit(() -> new QuotaLoad(quota, ports).ask(QUOTA_ASKED));
            Thread.sleep(BEFORE);
            var begin = System.nanoTime();
            var mending = event.happen(bed);
            Thread.sleep(Duration.ofNanos(Math.max(0, event.watched().toNanos() - (System.nanoTime() - begin))));
            var end = begin + event.watched().toNanos();
            load.get();
            mending.mend();
            bed.cluster().awaitCalm();
            var again = people.typeAgain(ledger.spent(), ports);
            var log = bed.log();
            return new FailOverReport.Row(
                    one.title(),
                    one.replication(),
                    ledger,
                    again,
                    granted.get(),
                    bed.builtIn(quota),
                    ledger.successes().longestGap(begin, end),
                    probe.writes().gaps(begin, end).toList(),
                    log.subList(Math.min(logged, log.size()), log.size()));
        }
    }

    /** Before servers that come and go stands a proxy; otherwise it would hide what servers answer. */
    private @org.jspecify.annotations.Nullable HaProxy proxy(FailOverEvent event) throws Exception {
        return switch (event) {
            case NODE_KILLED, NODES_RESTARTED -> bed.proxy();
            case SWITCH_OVER, PRIMARY_KILLED, PRIMARY_FROZEN -> null;
        };
    }
}
