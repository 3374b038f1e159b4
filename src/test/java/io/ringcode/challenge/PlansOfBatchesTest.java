package io.ringcode.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.server.Eventually;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds the rows of a batch. */
class PlansOfBatchesTest {
    private static final int CEREMONIES = 20;

    private final TestDatabase.Database database = TestDatabase.freshDatabase();

    @Test
    void a_plan_that_was_made_while_a_table_was_empty_finds_rows_by_their_keys() throws Exception {
        try (var carrier = new FakeCarrier();
                var server = Ringcode.on(database, carrier, new TestClock())) {
            var tenant = server.tenant();
            var people = Stream.generate(() -> tenant.enrolled(TestTenant.newNumber()))
                    .limit(CEREMONIES)
                    .toList();
            for (var table : List.of("rate_limit", "challenge")) {
                // Each statement is planned anew when it is used next, for a table without a page.
                TestDatabase.execute(database, "DELETE FROM " + table);
                TestDatabase.execute(database, "VACUUM (ANALYZE) " + table);
                assertThat(number("SELECT relpages FROM pg_class WHERE relname = '" + table + "'"))
                        .isZero();
                long searches = scans("idx_scan", table);
                long whole = scans("seq_scan", table);
                for (var person : people)
                    assertThat(tenant.challenge(tenant.mfaToken(person)).status())
                            .isEqualTo(200);
                // To insert a row is a search of its key as well. PostgreSQL tells its counts with a delay, but all of
                // them together.
                Eventually.holds(
                        "the use of " + table + " is counted", () -> scans("idx_scan", table) >= searches + CEREMONIES);
                assertThat(scans("seq_scan", table) - whole)
                        .as("how often all of %s was read", table)
                        .isLessThan(CEREMONIES / 2);
            }
        }
    }

    private long scans(String kind, String table) throws Exception {
        return number("SELECT coalesce(" + kind + ", 0) FROM pg_stat_user_tables WHERE relname = '" + table + "'");
    }

    private long number(String sql) throws Exception {
        return TestDatabase.count(database, sql);
    }
}
