package io.ringcode.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;

/** How long people wait when so many come in a second, whatever the server answers; by turns with bare SQL, which waits for the same disk. */
final class OpenRates {
    private static final int[] PER_SECOND = {50, 500};
    private static final Duration WINDOW = Times.window(60);
    private static final Duration SETTLING = Duration.ofSeconds(15);

    private OpenRates() {}

    static void run(Path home, Path folder) throws Exception {
        try (var bed = Testbed.open(home, folder)) {
            var tenant = bed.seeded(Tenant::usual, Tenant.PEOPLE);
            try (var server = bed.start("server", Map.of());
                    var pool = BareSql.pool(bed.postgres())) {
                var product = bed.signIns("ceremonies", tenant, Set.of(), server);
                var bare = bed.bareSql(pool);
                bed.closed(bare, ClosedLoop.USERS, Times.WARM_UP.dividedBy(4), Times.RAMP);
                bed.closed(product, ClosedLoop.USERS, Times.WARM_UP, Times.RAMP);
                var rows = new ArrayList<Report.Row>();
                for (var perSecond : PER_SECOND) {
                    var rate = perSecond + " a second";
                    bed.vacuum();
                    rows.add(Report.Row.of(rate, bed.open(product, perSecond, SETTLING, WINDOW)));
                    bed.vacuum();
                    rows.add(Report.Row.of("bare SQL, " + rate, bed.open(bare, perSecond, SETTLING, WINDOW)));
                }
                Report.rows(rows);
            }
        }
    }
}
