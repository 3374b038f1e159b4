package io.ringcode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.ringcode.TestDatabase;
import io.ringcode.server.TcpProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionEvictionTest {
    private static final int SIZE = 4;

    private final TestDatabase.Database database = TestDatabase.freshDatabase();
    private final TcpProxy proxy;
    private final HikariDataSource pool = new HikariDataSource();

    ConnectionEvictionTest() throws Exception {
        proxy = new TcpProxy(TcpProxy.portOf(database.url()));
        pool.setJdbcUrl(TcpProxy.through(proxy, database.url()));
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(SIZE);
        pool.setExceptionOverride(new ConnectionEviction(pool));
    }

    @AfterEach
    void close() {
        pool.close();
        proxy.close();
    }

    @Test
    void where_one_breaks_the_idle_ones_are_replaced_and_what_breaks_later_in_use_leaves_the_new_ones()
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var first = lent()) {
            var cut = new CountDownLatch(1);
            var held = new CountDownLatch(1);
            var second = threads.submit(() -> {
                try (var inUse = lent()) {
                    held.countDown();
                    cut.await();
                    assertThatThrownBy(() -> session(inUse)).isInstanceOf(SQLException.class);
                }
                return null;
            });
            held.await();
            var before = sessions(SIZE - 2);
            proxy.cut();
            assertThatThrownBy(() -> session(first)).isInstanceOf(SQLException.class);
            var after = sessions(SIZE - 2);
            assertThat(after).doesNotContainAnyElementsOf(before);
            cut.countDown();
            second.get();
            assertThat(sessions(SIZE)).containsAll(after);
        }
    }

    @Test
    void where_one_of_the_new_ones_breaks_at_once_all_are_replaced_again() throws Exception {
        pool.setMaximumPoolSize(2);
        for (int i = 0; i < 3; i++) {
            try (var first = lent()) {
                var other = sessions(1);
                proxy.cut();
                assertThatThrownBy(() -> session(first)).isInstanceOf(SQLException.class);
                assertThat(sessions(1)).doesNotContainAnyElementsOf(other);
            }
        }
    }

    private Connection lent() throws SQLException {
        var connection = pool.getConnection();
        ConnectionEviction.lent();
        return connection;
    }

    /** Of so many connections at once. */
    private Set<Integer> sessions(int count) throws SQLException {
        var sessions = new HashSet<Integer>();
        if (count == 0) return sessions;
        try (var connection = pool.getConnection()) {
            sessions.add(session(connection));
            sessions.addAll(sessions(count - 1));
        }
        return sessions;
    }

    private static int session(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
