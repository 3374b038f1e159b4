package io.ringcode.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;

/** How long people wait when so many come in a second, whatever the server answers. */
final class OpenRates {
    private static final int[] PER_SECOND = {50, 500};
    private static final Duration WINDOW = Times.window(60);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private OpenRates() {}

    static void run(Path home, Path folder) throws Exception {
        try (var bed = Testbed.open(home, folder)) {
            var tenant = bed.seeded(Tenant::usual, Tenant.PEOPLE);
            try (var server = bed.start("server", Map.of())) {
                var product = bed.signIns("ceremonies", tenant, Set.of(), server);
                bed.closed(product, ClosedLoop.USERS, Times.WARM_UP, Times.RAMP);
                var rows = new ArrayList<Report.Row>();
                for (var perSecond : PER_SECOND)
                    rows.add(Report.Row.of(perSecond + " a second", bed.open(product, perSecond, SETTLING, WINDOW)));
                Report.rows(rows);
            }
        }
    }
}
