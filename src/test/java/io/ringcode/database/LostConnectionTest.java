package io.ringcode.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.TestDatabase;
import io.ringcode.server.TcpProxy;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class LostConnectionTest {
    private static final int TRIES = 3;

    private final TcpProxy proxy;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private int tries;

    LostConnectionTest() throws Exception {
        var database = TestDatabase.freshDatabase();
        proxy = new TcpProxy(TcpProxy.portOf(database.url()));
        var connections = new DriverManagerDataSource(
                TcpProxy.through(proxy, database.url()), database.user(), database.password());
        jdbc = new JdbcTemplate(connections);
        transaction = new TransactionTemplate(new JdbcTransactionManager(connections));
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void where_two_connections_break_the_work_is_done_on_a_third() {
        var answer = LostConnection.retry(transaction, _ -> answer(TRIES - 1));
        assertThat(answer).isEqualTo(1);
        assertThat(tries).isEqualTo(TRIES);
    }

    @Test
    void where_each_breaks_the_last_failure_is_told() {
        assertThatThrownBy(() -> LostConnection.retry(transaction, _ -> answer(Integer.MAX_VALUE)))
                .isInstanceOf(DataAccessException.class);
        assertThat(tries).isEqualTo(TRIES);
    }

    @Test
    void what_was_committed_is_not_done_again() {
        assertThatThrownBy(() -> LostConnection.retry(transaction, _ -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            throw new DataAccessResourceFailureException("broken", new SQLException("", "08006"));
                        }
                    });
                    return answer(0);
                }))
                .isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(tries).isOne();
    }

    @Test
    void a_failure_of_the_work_itself_is_told_at_once() {
        assertThatThrownBy(() -> LostConnection.retry(transaction, _ -> {
                    tries++;
                    return number("SELECT 1 / 0");
                }))
                .isInstanceOf(DataAccessException.class);
        assertThat(tries).isOne();
    }

    /** @param cuts how many of the first connections break under it */
    private int answer(int cuts) {
        if (tries++ < cuts) proxy.cut();
        return number("SELECT 1");
    }

    private int number(String select) {
        return Objects.requireNonNull(jdbc.queryForObject(select, Integer.class));
    }
}
