package io.ringcode.batch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringcode.TestDatabase;
import io.ringcode.trace.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The first item of each test keeps the writer busy, so that those after it wait and make one batch. */
class GroupCommitTest {
    private static final HikariDataSource POOL = pool();
    private static final JdbcClient DB = JdbcClient.create(POOL);
    private static final TransactionTemplate TRANSACTION = new TransactionTemplate(new JdbcTransactionManager(POOL));

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Inserts inserts = new Inserts();
    private final GroupCommit<Row, String> commits =
            new GroupCommit<>(inserts, TRANSACTION, new BatchSession(DB, () -> true), meters, Tracing.OFF);

    /** @param note {@code undone}: to be rolled back; {@code cut}: the connection is cut when all is written */
    private record Row(int id, Object key, String note) {
        static Row of(int id) {
            return new Row(id, id, "");
        }
    }

    private static final class Inserts implements Batch<Row, String> {
        private final List<List<Row>> batches = new CopyOnWriteArrayList<>();
        private final CountDownLatch began = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public String name() {
            return "test";
        }

        @Override
        public List<String> write(List<Row> rows) {
            batches.add(rows);
            began.countDown();
            await(goOn);
            for (var row : rows)
                DB.sql("INSERT INTO item VALUES (:id, :note)")
                        .param("id", row.id())
                        .param("note", row.note())
                        .update();
            if (rows.stream().anyMatch(row -> row.note().equals("cut"))) cutConnection();
            return rows.stream().map(row -> row.id() + row.note()).toList();
        }

        @Override
        public boolean undone(String result) {
            return result.endsWith("undone");
        }

        @Override
        public Object key(Row row) {
            return row.key();
        }
    }

    private static HikariDataSource pool() {
        var database = TestDatabase.freshDatabase();
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(3);
        pool.addDataSourceProperty("prepareThreshold", "1");
        return pool;
    }

    /** As when the network breaks just before the commit. */
    private static void cutConnection() {
        var backend = DB.sql("SELECT pg_backend_pid()").query(Integer.class).single();
        CompletableFuture.runAsync(() -> DB.sql("SELECT pg_terminate_backend(:pid, 5000)")
                        .param("pid", backend)
                        .query(Boolean.class)
                        .single())
                .join();
    }

    @BeforeEach
    void emptyTable() {
        DB.sql("DROP TABLE IF EXISTS item").update();
        DB.sql("CREATE TABLE item (id integer PRIMARY KEY, note text)").update();
    }

    @AfterEach
    void end() {
        inserts.goOn.countDown();
        commits.close();
    }

    @AfterAll
    static void close() {
        POOL.close();
    }

    @Test
    void what_waits_is_written_in_one_transaction_and_everybody_gets_his_own_result() throws Exception {
        var results = submitTogether(IntStream.range(1, 20).mapToObj(Row::of).toList());
        for (int id = 1; id < 20; id++)
            assertThat(results.get(id - 1).get(10, SECONDS)).isEqualTo("" + id);
        assertThat(inserts.batches).extracting(List::size).containsExactly(1, 19);
        assertThat(stored()).hasSize(20);
        assertThat(meters.get("ringcode.batch.size")
                        .tag("lane", "test")
                        .summary()
                        .max())
                .isEqualTo(19);
    }

    @Test
    void a_batch_has_a_greatest_size() throws Exception {
        var rows = IntStream.range(1, 100).mapToObj(Row::of).toList();
        for (var result : submitTogether(rows)) result.get(10, SECONDS);
        assertThat(inserts.batches)
                .extracting(List::size)
                .containsExactly(1, GroupCommit.MOST_IN_BATCH, 99 - GroupCommit.MOST_IN_BATCH);
    }

    @Test
    void a_unique_violation_in_the_middle_costs_nobody_else() throws Exception {
        var results = submitTogether(List.of(Row.of(1), Row.of(2), new Row(2, "again", ""), Row.of(3), Row.of(4)));
        for (int good : List.of(0, 1, 3, 4)) results.get(good).get(10, SECONDS);
        assertThatThrownBy(() -> results.get(2).get(10, SECONDS)).hasCauseInstanceOf(DuplicateKeyException.class);
        assertThat(stored()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void what_is_to_be_rolled_back_leaves_nothing_and_takes_nobody_with_it() throws Exception {
        var results = submitTogether(List.of(Row.of(1), new Row(2, 2, "undone"), Row.of(3)));
        assertThat(results.get(1).get(10, SECONDS)).isEqualTo("2undone");
        assertThat(results.get(0).get(10, SECONDS)).isEqualTo("1");
        assertThat(results.get(2).get(10, SECONDS)).isEqualTo("3");
        assertThat(stored()).containsExactly(0, 1, 3);
    }

    @Test
    void items_with_one_key_go_one_by_one_in_their_order() throws Exception {
        var results = submitTogether(
                List.of(new Row(1, "same", ""), new Row(2, "same", ""), Row.of(3), new Row(4, "same", "")));
        for (var result : results) result.get(10, SECONDS);
        assertThat(inserts.batches.stream()
                        .map(batch -> batch.stream().map(Row::id).toList()))
                .containsExactly(List.of(0), List.of(1, 3), List.of(2), List.of(4));
    }

    @Test
    void when_the_connection_is_cut_nobody_is_told_that_it_went_well_and_nothing_is_written_twice() throws Exception {
        var results = submitTogether(List.of(Row.of(1), new Row(2, 2, "cut"), Row.of(3)));
        for (var result : results)
            assertThatThrownBy(() -> result.get(10, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(NestedRuntimeException.class);
        assertThat(inserts.batches).extracting(List::size).containsExactly(1, 3);
        assertThat(stored()).containsExactly(0);
        assertThat(commits.submit(Row.of(5))).isEqualTo("5");
    }

    @Test
    void a_full_queue_refuses_and_who_repeats_himself_fills_it_for_nobody_else() throws Exception {
        var same = IntStream.range(1, GroupCommit.MOST_OF_ONE_KEY + 1)
                .mapToObj(id -> new Row(id, "same", ""))
                .toList();
        var results = submitTogether(same, inserts.goOn);
        assertThatThrownBy(() -> commits.submit(new Row(1000, "same", ""))).isInstanceOf(TooBusy.class);
        var other = submit(Row.of(2000));
        inserts.goOn.countDown();
        for (var result : results) result.get(20, SECONDS);
        assertThat(other.get(10, SECONDS)).isEqualTo("2000");
    }

    @Test
    void a_caller_that_gives_up_while_it_waits_leaves_nothing() throws Exception {
        var _ = submit(Row.of(0));
        await(inserts.began);
        var refused = new CompletableFuture<Throwable>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                commits.submit(Row.of(1));
            } catch (RuntimeException tooBusy) {
                refused.complete(tooBusy);
            }
        });
        awaitWaiting(1);
        caller.interrupt();
        assertThat(refused.get(10, SECONDS)).isInstanceOf(TooBusy.class);
        inserts.goOn.countDown();
        commits.close();
        assertThat(stored()).containsExactly(0);
    }

    @Test
    void closing_writes_what_waits_and_takes_no_more() throws Exception {
        var results = submitTogether(List.of(Row.of(1), Row.of(2)));
        commits.close();
        for (var result : results) assertThat(result).isCompleted();
        assertThat(stored()).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> commits.submit(Row.of(3))).isInstanceOf(TooBusy.class);
    }

    /** As after a vacuum has found a table empty; until the next ANALYZE nothing else would have it planned anew. */
    @Test
    void a_statement_that_was_planned_while_its_table_was_empty_does_not_read_all_of_it_for_long() throws Exception {
        DB.sql("ALTER TABLE item SET (autovacuum_enabled = off)").update();
        var looks = new Looks();
        try (var lane = new GroupCommit<>(looks, TRANSACTION, new BatchSession(DB, () -> true), meters, Tracing.OFF)) {
            lane.submit(0);
            DB.sql("VACUUM (ANALYZE) item").update();
            for (int id = 1; id <= BatchSession.ITEMS_OF_A_PLAN; id++) lane.submit(id);
        }
        assertThat(looks.wholeTable.get(1)).isTrue();
        assertThat(looks.wholeTable.get(BatchSession.ITEMS_OF_A_PLAN / 2)).isTrue();
        assertThat(looks.wholeTable.getLast()).isFalse();
    }

    /** Looks for an item, and writes it. Each statement is planned once, as on the connections of batches. */
    private static final class Looks implements Batch<Integer, Integer> {
        private final List<Boolean> wholeTable = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "looks";
        }

        @Override
        public Object key(Integer id) {
            return id;
        }

        @Override
        public boolean undone(Integer result) {
            return false;
        }

        @Override
        public List<Integer> write(List<Integer> ids) {
            DB.sql("SET LOCAL plan_cache_mode = force_generic_plan").update();
            for (int id : ids) {
                var before = wholeReads();
                DB.sql("SELECT count(*) FROM item WHERE id = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single();
                wholeTable.add(wholeReads() > before);
                DB.sql("INSERT INTO item VALUES (:id, repeat('x', 200))")
                        .param("id", id)
                        .update();
            }
            return ids;
        }

        /** By this connection, since it last told its counts. */
        private static long wholeReads() {
            return DB.sql("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'item'")
                    .query(Long.class)
                    .single();
        }
    }

    @Test
    void who_is_in_a_transaction_cannot_submit() {
        inserts.goOn.countDown();
        assertThatThrownBy(() -> TRANSACTION.execute(_ -> commits.submit(Row.of(1))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(commits.alone(Row.of(2))).isEqualTo("2");
    }

    private List<CompletableFuture<String>> submitTogether(List<Row> rows) throws Exception {
        var results = submitTogether(rows, inserts.goOn);
        inserts.goOn.countDown();
        return results;
    }

    /** Row 0 keeps the writer busy until {@code release}. */
    private List<CompletableFuture<String>> submitTogether(List<Row> rows, CountDownLatch release) throws Exception {
        assertThat(release.getCount()).isEqualTo(1);
        var _ = submit(Row.of(0));
        await(inserts.began);
        var results = new ArrayList<CompletableFuture<String>>();
        for (var row : rows) {
            results.add(submit(row));
            awaitWaiting(results.size());
        }
        return results;
    }

    private CompletableFuture<String> submit(Row row) {
        var result = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(commits.submit(row));
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private void awaitWaiting(int count) throws InterruptedException {
        var gauge = meters.get("ringcode.batch.waiting").tag("lane", "test").gauge();
        while (gauge.value() < count) Thread.sleep(1);
    }

    private static List<Integer> stored() {
        return DB.sql("SELECT id FROM item ORDER BY id")
                .query((row, _) -> row.getInt("id"))
                .list();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
