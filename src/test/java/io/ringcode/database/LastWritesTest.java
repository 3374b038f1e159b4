package io.ringcode.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class LastWritesTest {
    private static final TestDatabase.Database DATABASE = TestDatabase.freshDatabase();
    private static final SingleConnectionDataSource ONE =
            new SingleConnectionDataSource(DATABASE.url(), DATABASE.user(), DATABASE.password(), true);
    /** Has a connection of its own, so that it sees only what is committed. */
    private static final SingleConnectionDataSource OTHER =
            new SingleConnectionDataSource(DATABASE.url(), DATABASE.user(), DATABASE.password(), true);

    private static final String INSERT = "INSERT INTO word SELECT * FROM unnest(:words::text[])";

    private final TransactionTemplate transaction = new TransactionTemplate(new Transactions(ONE));
    private final LastWrites writes = new LastWrites(new JdbcTemplate(ONE));
    private final JdbcClient db = JdbcClient.create(ONE);

    @BeforeEach
    void make() {
        db.sql("""
                DROP TABLE IF EXISTS word;
                CREATE TABLE word (word text PRIMARY KEY);
                CREATE OR REPLACE FUNCTION overtaken() RETURNS integer LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'overtaken' USING ERRCODE = 'serialization_failure'; END $$
                """).update();
    }

    @AfterAll
    static void close() {
        ONE.destroy();
        OTHER.destroy();
    }

    @Test
    void they_are_written_with_the_commit_in_their_order() {
        transaction.executeWithoutResult(_ -> {
            add("one");
            writes.add("UPDATE word SET word = word || :more", Map.of("more", "!"));
            add("two", "three");
            assertThat(words(ONE)).isEmpty();
        });
        assertThat(words(OTHER)).containsExactly("one!", "three", "two");
    }

    @Test
    void a_rollback_leaves_none_and_the_next_transaction_begins_without_them() {
        transaction.executeWithoutResult(status -> {
            add("one");
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(_ -> add("two"));
        assertThat(words(OTHER)).containsExactly("two");
    }

    @Test
    void one_that_fails_undoes_the_whole_transaction_and_says_so() {
        var ends = new ArrayList<Integer>();
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCompletion(int status) {
                            ends.add(status);
                        }
                    });
                    db.sql("INSERT INTO word VALUES ('early')").update();
                    add("one");
                    add("one");
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(words(OTHER)).isEmpty();
        assertThat(ends).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        transaction.executeWithoutResult(_ -> add("after"));
        assertThat(words(OTHER)).containsExactly("after");
    }

    @Test
    void a_statement_may_find_itself_overtaken() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
                    add("one");
                    writes.add(
                            "SELECT CASE WHEN (SELECT count(*) FROM word) = :count THEN 0 ELSE overtaken() END",
                            Map.of("count", 2));
                }))
                .isInstanceOf(ConcurrencyFailureException.class);
        assertThat(words(OTHER)).isEmpty();
    }

    @Test
    void what_is_brought_forward_can_be_read_and_is_written_once() {
        transaction.executeWithoutResult(_ -> {
            add("one");
            writes.bringForward();
            assertThat(words(ONE)).containsExactly("one");
            assertThat(words(OTHER)).isEmpty();
            add("two");
        });
        assertThat(words(OTHER)).containsExactly("one", "two");
    }

    @Test
    void without_a_transaction_it_is_written_at_once() {
        add("one");
        assertThat(words(OTHER)).containsExactly("one");
    }

    private void add(String... words) {
        writes.add(INSERT, Map.of("words", words));
    }

    private static List<@Nullable String> words(SingleConnectionDataSource source) {
        return JdbcClient.create(source)
                .sql("SELECT word FROM word ORDER BY word")
                .query(String.class)
                .list();
    }
}
