package io.ringcode.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ceremonies against a server in its own process and their bare SQL on the same PostgreSQL, by turns in one run. Bare SQL does not
 * change with the number of users, as sixteen connections do its work.
 */
final class Load {
    private static final int MANY = 256;
    private static final Duration WINDOW = Times.window(20);
    /** In which the server gives back what the load has left it. */
    private static final Duration REST = Duration.ofSeconds(60);

    private Load() {}

    static void run(Path home, Path folder) throws Exception {
        try (var bed = Testbed.open(home, folder)) {
            var tenant = bed.seeded(Tenant::usual, Tenant.PEOPLE);
            try (var server = bed.start("server", Map.of());
                    var pool = BareSql.pool(bed.postgres())) {
                var product = bed.signIns("ceremonies", tenant, Set.of(), server);
                var bare = bed.bareSql(pool);
                bed.closed(bare, ClosedLoop.USERS, Times.WARM_UP.dividedBy(4), Times.RAMP);
                bed.closed(product, ClosedLoop.USERS, Times.WARM_UP, Times.RAMP);
                var rows = byTurns(bed, product, bare);
                var openid = bed.signIns("with id_token", tenant, Set.of("openid"), server);
                var signed = bed.closed(openid, ClosedLoop.USERS, Times.RAMP, WINDOW);
                var floor = List.of(rows.getLast().rounds().getLast());
                rows.add(new Report.Row("with id_token (RS256), once", List.of(signed), floor));
                Report.rows(rows);
                Report.memory("at the end of the load", server, bed.postmaster());
                Report.progress("rest");
                Thread.sleep(REST);
                Report.memory(REST.toSeconds() + " s later", server, bed.postmaster());
            }
        }
    }

    private static List<Report.Row> byTurns(Testbed bed, Subject product, Subject bare) throws Exception {
        var some = new ArrayList<Measured>();
        var many = new ArrayList<Measured>();
        var floor = new ArrayList<Measured>();
        for (int round = 1; round <= Times.ROUNDS; round++) {
            Report.progress("round " + round + " of " + Times.ROUNDS);
            some.add(bed.closed(product, ClosedLoop.USERS, Times.RAMP, WINDOW));
            floor.add(bed.closed(bare, ClosedLoop.USERS, Times.RAMP, WINDOW));
            many.add(bed.closed(product, MANY, Times.RAMP, WINDOW));
        }
        return new ArrayList<>(List.of(
                new Report.Row(ClosedLoop.USERS + " users", some, floor),
                new Report.Row(MANY + " users", many, floor),
                new Report.Row("bare SQL, " + ClosedLoop.USERS + " users", floor, floor)));
    }
}
