package io.ringcode.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a ceremony costs in one database that grows: users, as many live codes with their messages, ten lines of log each. */
final class Growth {
    private static final int[] SIZES = Arrays.stream(System.getProperty("ringcode.bench.sizes", "1000,100000,1000000")
                    .split(",", -1))
            .mapToInt(Integer::parseInt)
            .toArray();
    private static final Duration WINDOW = Times.window(30);
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private Growth() {}

    static void run(Path home, Path folder) throws Exception {
        try (var bed = Testbed.open(home, folder)) {
            var tenant = bed.seeded(Tenant::usual, SIZES[0]);
            try (var server = bed.start("server", Map.of());
                    var connection = bed.connection()) {
                var product = bed.signIns("ceremonies", tenant, Set.of(), server);
                bed.closed(product, ClosedLoop.USERS, Times.WARM_UP, Times.RAMP);
                var stored = Stored.none(connection);
                var rows = new ArrayList<Report.Row>();
                for (var size : SIZES) {
                    Report.progress("stores what " + size + " users leave behind");
                    tenant.growTo(size, connection);
                    stored.growTo(size);
                    rows.add(Report.Row.of(
                            String.format(Locale.ROOT, "%,d users, %,d lines of log", size, size * Stored.LINES),
                            bed.closed(product, ClosedLoop.USERS, SETTLING, WINDOW)));
                }
                Report.rows(rows);
            }
        }
    }
}
