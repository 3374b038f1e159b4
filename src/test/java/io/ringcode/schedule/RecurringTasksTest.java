package io.ringcode.schedule;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringcode.Ringcode;
import io.ringcode.database.TestWatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

class RecurringTasksTest {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final JdbcClient db = Ringcode.shared().bean(JdbcClient.class);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<RecurringTasks> servers = new ArrayList<>();
    private final String name = "test-" + NAMES.incrementAndGet();

    @AfterEach
    void stop() {
        servers.forEach(RecurringTasks::stop);
    }

    @Test
    void a_task_goes_on_after_a_failure_of_any_kind() throws InterruptedException {
        Queue<Throwable> failures = new ArrayDeque<>(List.of(
                new IllegalStateException(),
                new java.io.IOException(),
                new StackOverflowError(),
                new AssertionError()));
        var wentOn = new CountDownLatch(1);
        server(task(Duration.ofMillis(1), RecurringTask.Servers.EACH, () -> {
            var failure = failures.poll();
            if (failure != null) sneakily(failure);
            wentOn.countDown();
        }));
        assertThat(wentOn.await(20, SECONDS)).isTrue();
        assertThat(meters.get("ringcode.task").tag("outcome", "failed").timer().count())
                .isEqualTo(4);
    }

    @Test
    void several_servers_never_do_the_same_work_at_once() throws InterruptedException {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var runs = new CountDownLatch(40);
        var task = task(Duration.ofMillis(1), RecurringTask.Servers.ONE, () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            db.sql("SELECT pg_sleep(0.005)").query().singleRow();
            inside.decrementAndGet();
            runs.countDown();
        });
        for (int server = 0; server < 3; server++) server(task);
        assertThat(runs.await(30, SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void what_one_server_has_done_the_others_leave_until_the_period_is_over() throws InterruptedException {
        var runs = new AtomicInteger();
        var ran = new CountDownLatch(1);
        var task = task(Duration.ofHours(1), RecurringTask.Servers.ONE, () -> {
            runs.incrementAndGet();
            ran.countDown();
        });
        for (int server = 0; server < 3; server++) server(task).runSoon(task);
        await(ran);
        servers.forEach(RecurringTasks::stop); // waits for the runs in hand
        assertThat(runs).hasValue(1);
        assertThat(new TaskLease(db).take(task)).isFalse();
    }

    @Test
    void the_end_waits_for_the_run_in_hand() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var finished = new AtomicBoolean();
        var task = task(Duration.ofMillis(10), RecurringTask.Servers.EACH, () -> {
            begun.countDown();
            db.sql("SELECT pg_sleep(0.3)").query().singleRow();
            finished.set(true);
        });
        var server = server(task);
        await(begun);
        server.stop();
        assertThat(finished).isTrue();
    }

    @Test
    void a_task_that_fails_can_be_seen_and_is_taken_up_by_another_server() throws InterruptedException {
        var failed = new CountDownLatch(1);
        var task = task(Duration.ofMillis(50), RecurringTask.Servers.ONE, () -> {
            failed.countDown();
            throw new IllegalStateException("the number +14155550123 is not to be told");
        });
        server(task);
        assertThat(failed.await(20, SECONDS)).isTrue();
        servers.getFirst().stop();
        assertThat(meters.get("ringcode.task.failing").tag("task", name).gauge().value())
                .isEqualTo(1);
        assertThat(db.sql("SELECT error FROM recurring_task WHERE name = :name")
                        .param("name", name)
                        .query(String.class)
                        .single())
                .isEqualTo("IllegalStateException");

        var done = new CountDownLatch(1);
        server(task(Duration.ofMillis(50), RecurringTask.Servers.ONE, done::countDown));
        assertThat(done.await(20, SECONDS)).isTrue();
    }

    @Test
    void a_run_that_is_asked_for_while_one_is_in_hand_follows_it() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        var runs = new CountDownLatch(2);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var task = task(Duration.ZERO, RecurringTask.Servers.EACH, () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            begun.countDown();
            await(asked);
            inside.decrementAndGet();
            runs.countDown();
        });
        var tasks = server(task);
        tasks.runSoon(task);
        await(begun);
        tasks.runSoon(task);
        asked.countDown();
        assertThat(runs.await(20, SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    private RecurringTasks server(RecurringTask task) {
        var beans = new StaticListableBeanFactory();
        beans.addBean("task", task);
        var tasks = new RecurringTasks(
                beans.getBeanProvider(RecurringTask.class), new TaskLease(db), meters, TestWatch.of(db, meters));
        tasks.start();
        servers.add(tasks);
        return tasks;
    }

    private RecurringTask task(Duration period, RecurringTask.Servers servers, Runnable work) {
        var name = this.name;
        return new RecurringTask() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration period() {
                return period;
            }

            @Override
            public Servers servers() {
                return servers;
            }

            @Override
            public void run() {
                work.run();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneakily(Throwable failure) throws T {
        throw (T) failure;
    }
}
