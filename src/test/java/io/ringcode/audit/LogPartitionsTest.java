package io.ringcode.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.log.LogRecordRows;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The log lies in partitions: new ones are there in time, and an old one goes when the last line of it has gone. */
@ExtendWith(OutputCaptureExtension.class)
class LogPartitionsTest {
    private static final Duration WEEK = Duration.ofDays(7);

    private final TestDatabase.Database database = TestDatabase.freshDatabase();
    private final DriverManagerDataSource source =
            new DriverManagerDataSource(database.url(), database.user(), database.password());
    private final JdbcClient db = JdbcClient.create(source);
    private final LogPartitions partitions = new LogPartitions(db, new DataSourceTransactionManager(source));

    /** Behind the partition that the schema begins with. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(60));

    private void write(Instant at) {
        db.sql("INSERT INTO log (tenant_id, id, at, type, data) VALUES ('default', :id, now(), 'test', '{}')")
                .param("id", LogRecordRows.firstId(at) + "000000000001")
                .update();
    }

    /** Of the lines, in the order of time. */
    private List<String> places() {
        return db.sql("SELECT tableoid::regclass::text AS name FROM log ORDER BY id")
                .query((row, _) -> row.getString("name"))
                .list();
    }

    private List<String> names() {
        return db.sql(
                        "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'log'::regclass ORDER BY 1")
                .query((row, _) -> row.getString("name"))
                .list();
    }

    private static String name(Instant from) {
        return "log_" + LogRecordRows.firstId(from).substring(3, 11);
    }

    @Test
    void partitions_are_there_two_weeks_before_their_first_line() {
        partitions.make(now, WEEK);
        var gap = names().stream()
                .filter(name -> name.startsWith("log_2"))
                .findFirst()
                .orElseThrow();
        var first = now.plus(Duration.ofDays(1));
        var second = first.plus(WEEK);
        var third = second.plus(WEEK);
        assertThat(names()).containsExactlyInAnyOrder("log_oldest", gap, name(first), name(second), "log_rest");
        partitions.make(now.plus(Duration.ofDays(1)), WEEK);
        assertThat(names()).hasSize(5);
        partitions.make(now.plus(Duration.ofDays(2)), WEEK.multipliedBy(4));
        assertThat(names()).hasSize(6).contains(name(third));
        write(now);
        write(first);
        write(second.minusMillis(1));
        write(second);
        write(third.plus(WEEK.multipliedBy(4)).minusMillis(1));
        write(third.plus(WEEK.multipliedBy(4)));
        assertThat(places())
                .as("lines of before, of the first week, the second, the four weeks, and after them")
                .containsExactly(gap, name(first), name(first), name(second), name(third), "log_rest");
    }

    @Test
    void what_was_written_before_there_was_a_partition_stays_and_new_ones_follow_it() {
        write(now.minus(Duration.ofDays(20)));
        write(now);
        assertThat(places()).containsExactly("log_rest", "log_rest");
        partitions.make(now, WEEK);
        var first = now.plus(Duration.ofDays(1));
        write(first);
        var gap = places().getFirst();
        assertThat(gap).startsWith("log_2");
        assertThat(places()).containsExactly(gap, gap, name(first));
        assertThat(names()).contains("log_rest");
        // As where a server's clock was wrong.
        var wrong = now.plus(Duration.ofDays(90));
        write(wrong);
        partitions.make(now.plus(WEEK), WEEK);
        write(wrong.plus(Duration.ofDays(1)));
        assertThat(places()).hasSize(5).last().isEqualTo("log_rest");
        assertThat(names()).noneMatch(name -> name.equals(name(wrong)));
    }

    @Test
    void the_newest_lines_are_not_looked_for_in_old_partitions() {
        partitions.make(now, WEEK);
        write(now.plus(Duration.ofDays(1)));
        var plan = db.sql(
                        "EXPLAIN (ANALYZE, COSTS off) SELECT id FROM log WHERE tenant_id = 'default' ORDER BY id DESC LIMIT 1")
                .query((row, _) -> row.getString(1))
                .list();
        assertThat(plan).anyMatch(line -> line.contains("log_oldest") && line.contains("never executed"));
    }

    @Test
    void an_old_partition_goes_and_the_few_lines_that_stay_in_it_are_kept() {
        partitions.make(now, WEEK);
        var first = now.plus(Duration.ofDays(1));
        var second = first.plus(WEEK);
        write(first);
        write(second.minusMillis(1));
        write(second);
        partitions.retire(second.minusMillis(1));
        assertThat(names()).containsExactlyInAnyOrder("log_oldest", name(first), name(second), "log_rest");
        db.sql("DELETE FROM log WHERE id < :id")
                .param("id", LogRecordRows.firstId(second.minusMillis(1)))
                .update();
        var left = db.sql("SELECT written FROM log ORDER BY id LIMIT 1")
                .query(Long.class)
                .single();
        partitions.retire(second);
        assertThat(names()).containsExactlyInAnyOrder("log_oldest", name(second), "log_rest");
        assertThat(places()).containsExactly("log_oldest", name(second));
        assertThat(db.sql("SELECT written FROM log ORDER BY id LIMIT 1")
                        .query(Long.class)
                        .single())
                .as("what the chain has hashed")
                .isEqualTo(left);
        write(first);
        assertThat(places())
                .as("where its partition is gone")
                .hasSize(3)
                .first()
                .isEqualTo("log_oldest");
    }

    @Test
    void one_that_is_not_removed_yet_stays() {
        partitions.make(now, WEEK);
        var first = now.plus(Duration.ofDays(1));
        db.sql(
                        "INSERT INTO log (tenant_id, id, at, type, data) SELECT 'default', :id || lpad(i::text, 12, '0'), now(), 'test', '{}'"
                                + " FROM generate_series(1, 5001) AS i")
                .param("id", LogRecordRows.firstId(first))
                .update();
        partitions.retire(first.plus(WEEK.multipliedBy(2)));
        assertThat(names()).containsExactlyInAnyOrder("log_oldest", name(first), name(first.plus(WEEK)), "log_rest");
    }

    @Test
    void nobody_waits_for_a_partition_that_somebody_reads(CapturedOutput output) throws Exception {
        partitions.make(now, WEEK);
        try (var reader = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM log");
            var before = names();
            partitions.retire(now.plus(WEEK));
            assertThat(names()).isEqualTo(before);
            assertThat(output)
                    .contains("Could not retire the partition log_2", " of the log, which is tried again in minutes");
            write(now);
            assertThat(places()).hasSize(1);
        }
        partitions.retire(now.plus(WEEK));
        assertThat(names()).hasSize(4);
    }
}
