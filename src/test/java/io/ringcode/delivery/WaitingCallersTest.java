package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.TestDatabase;
import io.ringcode.phone.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WaitingCallersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void a_slow_carrier_keeps_so_many_callers_and_no_other_carriers() throws Exception {
        var node = new DeliveryNode(TestDatabase.freshDatabase(), URI.create("http://127.0.0.1:1"), new TestClock());
        var answer = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var deliveries = node.bean(Deliveries.class);
            var slow = node.scripted("ant");
            slow.answers(message -> {
                until(answer);
                return slow.accepts(message);
            });
            node.route("ant");
            var waiting = new ArrayList<Future<DispatchResult>>();
            for (int caller = 0; caller < WaitingCallers.MOST; caller++) {
                var promised = node.promise(Channel.SMS, "x");
                waiting.add(callers.submit(() -> deliveries.send(promised, PATIENCE)));
            }
            await().until(() -> slow.asked() == WaitingCallers.MOST);

            var further = node.promise(Channel.SMS, "x");
            assertThat(deliveries.send(further, PATIENCE)).isEqualTo(new DispatchResult.Pending());
            node.route("bee");
            assertThat(deliveries.send(node.promise(Channel.SMS, "x"), PATIENCE))
                    .isEqualTo(new DispatchResult.Accepted());
            assertThat(waiting).noneMatch(Future::isDone);

            answer.countDown();
            for (var caller : waiting) assertThat(caller.get()).isEqualTo(new DispatchResult.Accepted());
            await().until(() -> node.state(further).equals("accepted, erased"));
            node.route("ant");
            assertThat(deliveries.send(node.promise(Channel.SMS, "x"), PATIENCE))
                    .isEqualTo(new DispatchResult.Accepted());
        } finally {
            answer.countDown();
            node.close();
        }
    }

    private static void until(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
