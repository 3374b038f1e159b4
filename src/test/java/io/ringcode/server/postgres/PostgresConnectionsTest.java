package io.ringcode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.server.Eventually;
import io.ringcode.server.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresConnectionsTest {
    /** An attempt that gets no answer lasts longer than this test. */
    private static final ConnectionTimes PATIENT = new ConnectionTimes(
            Duration.ofMinutes(10),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Map.of());

    private final TestDatabase.Database database = TestDatabase.freshDatabase();

    /** As a proxy does that was still leading to a primary which is gone. */
    @Test
    void an_attempt_that_is_never_answered_keeps_no_other_from_being_made() throws Exception {
        try (var proxy = new TcpProxy(TcpProxy.portOf(database.url()));
                var connections = new PostgresConnections(DatabaseStart.none(), PATIENT, new ConnectAttempts());
                var waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            var target =
                    DatabaseTarget.fixed(TcpProxy.through(proxy, database.url()), database.user(), database.password());
            proxy.silence();
            var connection = waiting.submit(() -> connections.first(target));
            Eventually.holds("two attempts", () -> proxy.links() >= 2);
            Eventually.holds("told as no answer", () -> {
                var failure = connections.failure();
                return failure != null && "08001".equals(failure.getSQLState());
            });
            proxy.forget();
            proxy.heal();
            try (var good = connection.get(50, TimeUnit.SECONDS)) {
                assertThat(good.isValid(5)).isTrue();
            }
            assertThat((Throwable) connections.failure()).isNull();
            assertThat(proxy.links()).as("attempts that were never answered").isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void a_host_that_hangs_is_passed_over() throws Exception {
        try (var frozen = new TcpProxy(TcpProxy.portOf(database.url()));
                var connections = new PostgresConnections(DatabaseStart.none(), PATIENT, new ConnectAttempts())) {
            frozen.silence();
            connections.first(behind(frozen)).close();
            assertThat(frozen.links()).isPositive();
            frozen.cut();
        }
    }

    @Test
    void the_host_that_was_good_is_asked_first() throws Exception {
        var hedge = Duration.ofHours(1);
        try (var other = new TcpProxy(TcpProxy.portOf(database.url()));
                var connections =
                        new PostgresConnections(DatabaseStart.none(), PATIENT, new ConnectAttempts(), hedge)) {
            other.refuse();
            connections.first(behind(other)).close();
            other.heal();
            try (var connection = connections.first(behind(other))) {
                assertThat(connection.isValid(5)).isTrue();
                assertThat(other.links()).isZero();
            }
        }
    }

    /** Two hosts, the second of which is the database itself. */
    private DatabaseTarget behind(TcpProxy first) {
        var own = "127.0.0.1:" + TcpProxy.portOf(database.url());
        var url = database.url().replace(own, "127.0.0.1:" + first.port() + "," + own);
        return DatabaseTarget.fixed(url, database.user(), database.password());
    }

    @Test
    void each_host_of_a_url_has_all_else_that_it_says() {
        assertThat(hosts("jdbc:postgresql://one,two:5433,[::1]:5434/ringcode?targetServerType=primary&a=b,c"))
                .containsExactly(
                        "jdbc:postgresql://one/ringcode?targetServerType=primary&a=b,c",
                        "jdbc:postgresql://two:5433/ringcode?targetServerType=primary&a=b,c",
                        "jdbc:postgresql://[::1]:5434/ringcode?targetServerType=primary&a=b,c");
        assertThat(hosts("jdbc:postgresql://one/a,b?c=d,e")).containsExactly("jdbc:postgresql://one/a,b?c=d,e");
        assertThat(hosts("jdbc:postgresql:ringcode")).containsExactly("jdbc:postgresql:ringcode");
    }

    private static List<String> hosts(String url) {
        return DatabaseTarget.fixed(url, null, null).hosts().stream()
                .map(DatabaseTarget::url)
                .toList();
    }

    @Test
    void a_pool_that_closes_ends_a_wait_without_an_answer() throws Exception {
        try (var proxy = new TcpProxy(TcpProxy.portOf(database.url()));
                var waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            var target =
                    DatabaseTarget.fixed(TcpProxy.through(proxy, database.url()), database.user(), database.password());
            var connections = new PostgresConnections(DatabaseStart.none(), PATIENT, new ConnectAttempts());
            proxy.silence();
            var connection = waiting.submit(() -> connections.first(target));
            Eventually.holds("an attempt", () -> proxy.links() >= 1);
            connections.close();
            Eventually.holds("the end of the wait", connection::isDone);
            assertThat(connection.state()).isEqualTo(Future.State.FAILED);
            proxy.cut();
        }
    }
}
