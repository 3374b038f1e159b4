package io.ringcode.delivery;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.phone.Channel;
import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class QuotaRaceTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final int THREADS = 50;
    private static final int EACH = 4;

    @Test
    void a_hundred_messages_and_not_one_more_whoever_asks_how_often_on_however_many_nodes() throws Exception {
        var database = TestDatabase.freshDatabase();
        var clock = new TestClock();
        try (var one = new DeliveryNode(database, NOWHERE, clock);
                var other = new DeliveryNode(database, NOWHERE, clock);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            var asked = new ArrayList<Future<ArrayList<String>>>();
            for (int thread = 0; thread < THREADS; thread++) {
                var node = thread % 2 == 0 ? one : other;
                Callable<ArrayList<String>> asking = () -> {
                    start.await();
                    var answers = new ArrayList<String>();
                    for (int time = 0; time < EACH; time++)
                        answers.add(node.queue(node.message(Channel.SMS, "x"))
                                .getClass()
                                .getSimpleName());
                    return answers;
                };
                asked.add(threads.submit(asking));
            }
            start.countDown();
            var answers = new ArrayList<String>();
            for (var answer : asked) answers.addAll(answer.get());

            assertThat(answers.stream().collect(groupingBy(answer -> answer, counting())))
                    .isEqualTo(Map.of("Promised", 100L, "QuotaUsedUp", 100L));
            assertThat(one.db()
                            .sql("SELECT count(*) FROM message")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(100);
            assertThat(one.db()
                            .sql("SELECT coalesce(max(messages), 0) FROM evaluation_use")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(100);
        }
    }

    @Test
    void a_promise_that_was_rolled_back_does_not_count() {
        try (var node = new DeliveryNode(TestDatabase.freshDatabase(), NOWHERE, new TestClock())) {
            node.queueAndRollBack(node.message(Channel.SMS, "x"));
            assertThat(node.db()
                            .sql("SELECT coalesce(max(messages), 0) FROM evaluation_use")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }
}
