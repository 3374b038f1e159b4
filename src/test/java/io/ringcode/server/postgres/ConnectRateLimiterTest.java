package io.ringcode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectRateLimiterTest {
    private final ConnectRateLimiter rate = new ConnectRateLimiter();

    @Test
    void all_who_ask_share_ten_attempts_a_second_once_one_failed() throws Exception {
        rate.failed();
        var begin = System.nanoTime();
        try (var pools = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = new ArrayList<Future<?>>();
            for (int i = 0; i < 5; i++)
                attempts.add(pools.submit(() -> {
                    rate.await();
                    return null;
                }));
            for (var attempt : attempts) attempt.get();
        }
        // The first waits for what is left of its tenth of a second, and the others for one each.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void nobody_waits_where_the_newest_attempt_was_good() throws Exception {
        rate.failed();
        rate.good();
        // A million tenths of a second are longer than the test may take.
        for (int i = 0; i < 1_000_000; i++) rate.await();
    }
}
