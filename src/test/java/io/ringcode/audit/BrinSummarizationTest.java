package io.ringcode.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class BrinSummarizationTest {
    private static final int LINES = 40_000;

    /** The newest range that is full, and the one that is being filled. */
    private static final long LEFT = 2 * 32;

    private final TestDatabase.Database database = TestDatabase.freshDatabase();
    private final DriverManagerDataSource source =
            new DriverManagerDataSource(database.url(), database.user(), database.password());
    private final JdbcClient db = JdbcClient.create(source);
    private final BrinIndexes indexes = new BrinIndexes(db, new DataSourceTransactionManager(source));
    private final BrinSummarization summaries = new BrinSummarization(indexes);

    BrinSummarizationTest() {
        // Which would do the same, once a minute.
        db.sql("ALTER TABLE log_oldest SET (autovacuum_enabled = off)").update();
    }

    @Test
    void a_search_for_new_lines_reads_few_old_ones() {
        for (int times = 0; times < 3; times++) {
            write(times);
            assertThat(readInVain()).isGreaterThan(1_000);
            summaries.run();
            assertThat(readInVain()).isLessThanOrEqualTo(LEFT);
        }
    }

    @Test
    void a_server_that_takes_over_begins_anew() {
        write(0);
        summaries.run();
        write(1);
        new BrinSummarization(indexes).run();
        assertThat(readInVain()).isLessThanOrEqualTo(LEFT);
    }

    @Test
    void a_table_that_is_being_vacuumed_is_left_for_the_next_time() throws SQLException {
        write(0);
        try (var other = connection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE log_oldest IN SHARE UPDATE EXCLUSIVE MODE");
            summaries.run();
            assertThat(readInVain()).isGreaterThan(1_000);
            other.rollback();
        }
        summaries.run();
        assertThat(readInVain()).isLessThanOrEqualTo(LEFT);
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private void write(int times) {
        db.sql("""
                INSERT INTO log (tenant_id, id, at, type, data)
                SELECT 'default', '900202001010000000000' || lpad((:n * :times + i)::text, 12, '0'), now(), 'test',
                       jsonb_build_object('filled', repeat('x', 150))
                  FROM generate_series(1, :n) AS i
                """).param("n", LINES).param("times", times).update();
    }

    private long readInVain() {
        return indexes.all().stream()
                .filter(index -> index.table().equals("log_oldest"))
                .mapToLong(indexes::pagesReadInVain)
                .sum();
    }
}
