package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.TestDatabase;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.phone.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SweepRaceTest {
    private static final int MESSAGES = 150;

    @Test
    void many_sweeps_on_two_nodes_send_each_message_once() throws Exception {
        var database = TestDatabase.freshDatabase();
        var clock = new TestClock();
        try (var carrier = new FakeCarrier();
                var one = new DeliveryNode(database, carrier.baseUrl(), clock);
                var other = new DeliveryNode(database, carrier.baseUrl(), clock);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            one.useTwilio();
            for (int message = 0; message < MESSAGES; message++) one.promise(Channel.SMS, "x");
            clock.advance(Duration.ofSeconds(15));

            var start = new CountDownLatch(1);
            var sweeps = new ArrayList<Future<Integer>>();
            for (int sweep = 0; sweep < 8; sweep++) {
                var node = sweep % 2 == 0 ? one : other;
                sweeps.add(threads.submit(() -> {
                    start.await();
                    return node.sweep() + node.sweep();
                }));
            }
            start.countDown();
            int taken = 0;
            for (var sweep : sweeps) taken += sweep.get();

            assertThat(taken).isEqualTo(MESSAGES);
            await().until(() -> one.db()
                            .sql("SELECT count(*) FROM message WHERE state = 'accepted'")
                            .query(Integer.class)
                            .single()
                    == MESSAGES);
            assertThat(carrier.count()).isEqualTo(MESSAGES);
        }
    }
}
