package io.ringcode.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class BrinIndexRepairTest {
    private static final int LINES = 120_000;
    private static final String CANCELED = "57014";

    private final TestDatabase.Database database = TestDatabase.freshDatabase();
    private final DriverManagerDataSource source =
            new DriverManagerDataSource(database.url(), database.user(), database.password());
    private final JdbcClient db = JdbcClient.create(source);
    private final BrinIndexes indexes = new BrinIndexes(db, new DataSourceTransactionManager(source));

    @Test
    void a_range_that_was_left_half_summed_up_costs_the_others_nothing_once_it_is_repaired() throws Exception {
        write();
        var index = log();
        indexes.summarizeAnew(index);
        assertThat(index.pages()).isGreaterThan(4_000);
        assertThat(indexes.pagesReadInVain(index)).isZero();
        interrupt(index);
        assertThat(indexes.pagesReadInVain(index)).isGreaterThan(3_000);

        new BrinIndexRepair(indexes).run();
        assertThat(indexes.pagesReadInVain(index)).isZero();
    }

    @Test
    void the_indexes_of_the_log_and_of_its_chain_are_looked_after() {
        assertThat(indexes.all().stream().map(BrinIndexes.BrinIndex::table))
                .contains("log_oldest", "log_rest", "log_chain");
    }

    @Test
    void indexes_of_others_are_left_alone() {
        db.sql("CREATE INDEX theirs ON log USING brin (at)").update();
        assertThat(indexes.all())
                .noneMatch(index -> index.column().equals("at"))
                .allMatch(index -> index.rangePages() == 32);
    }

    private void write() {
        db.sql("""
                INSERT INTO log (tenant_id, id, at, type, data)
                SELECT 'default', '900202001010000000000' || lpad(i::text, 12, '0'), now(), 'test', jsonb_build_object('filled', repeat('x', 150))
                  FROM generate_series(1, :n) AS i
                """).param("n", LINES).update();
    }

    private BrinIndexes.BrinIndex log() {
        return indexes.all().stream()
                .filter(index -> index.table().equals("log_oldest"))
                .findFirst()
                .orElseThrow();
    }

    /** In one of the first ranges, as often as it takes. */
    private void interrupt(BrinIndexes.BrinIndex index) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            var lefts = Stream.iterate(0, tries -> tries + 1)
                    .limit(300)
                    .filter(tries -> isInterrupted(connection, index, tries));
            assertThat(lefts.findFirst())
                    .as("a range that is left half summed up")
                    .isPresent();
        }
    }

    private boolean isInterrupted(Connection connection, BrinIndexes.BrinIndex index, int tries) {
        try (var statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            for (int page = 0; page < 1_000; page += 32)
                statement.execute("SELECT brin_desummarize_range(" + index.oid() + "::oid::regclass, " + page + ")");
            statement.execute("SET statement_timeout = " + (1 + tries % 5));
            statement.execute("SELECT brin_summarize_new_values(" + index.oid() + "::oid::regclass)");
        } catch (SQLException stopped) {
            assertThat(stopped.getSQLState()).isEqualTo(CANCELED);
        }
        return indexes.pagesReadInVain(index) > 3_000;
    }
}
