package io.ringcode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectAttemptsTest {
    private final ConnectAttempts attempts = new ConnectAttempts();

    @Test
    void all_who_ask_share_ten_attempts_a_second_once_one_failed() throws Exception {
        attempts.failed(0);
        var begin = System.nanoTime();
        try (var pools = Executors.newVirtualThreadPerTaskExecutor()) {
            var waits = new ArrayList<Future<?>>();
            for (int i = 0; i < 5; i++)
                waits.add(pools.submit(() -> {
                    attempts.await();
                    return null;
                }));
            for (var wait : waits) wait.get();
        }
        // The first waits for what is left of its tenth of a second, and the others for one each.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void nobody_waits_where_the_newest_attempt_was_good() throws Exception {
        attempts.failed(0);
        attempts.good(1);
        // A million tenths of a second are longer than the test may take.
        for (int i = 0; i < 1_000_000; i++) attempts.await();
    }

    @Test
    void while_the_database_is_away_each_attempt_asks_the_next_host() throws Exception {
        assertThat(attempts.await()).isZero();
        attempts.failed(0);
        assertThat(List.of(attempts.await(), attempts.await(), attempts.await()))
                .containsExactly(1, 2, 3);
    }

    @Test
    void all_go_on_with_the_host_that_was_good_whatever_others_say_later() throws Exception {
        attempts.failed(0);
        attempts.good(2);
        attempts.failed(1);
        assertThat(attempts.await()).isEqualTo(2);
        assertThat(attempts.await()).isEqualTo(2);
        attempts.failed(2);
        assertThat(attempts.await()).isEqualTo(3);
    }
}
