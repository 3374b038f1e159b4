package io.ringcode.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.ringcode.database.BackgroundWork;
import io.ringcode.database.DatabaseTrouble;
import io.ringcode.database.DatabaseWatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Scheduler of all {@link RecurringTask}s, each on virtual threads. A failure ends one run and nothing else; the log says
 * when a task begins to fail and when it works again, the metric {@code ringcode.task} counts each run by its outcome, and
 * {@code ringcode.task.failing} is 1 while the last run of a task has failed.
 */
@Component
public class RecurringTasks implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RecurringTasks.class);
    private static final Duration LAST_RUNS = Duration.ofSeconds(10);
    private static final int MOST_RUNS = 1_000;

    private final ObjectProvider<RecurringTask> tasks;
    private final TaskLease lease;
    private final MeterRegistry meters;
    private final DatabaseWatch database;
    private final Map<String, Runs> runs = new ConcurrentHashMap<>();
    private final Semaphore inHand = new Semaphore(MOST_RUNS);
    private volatile @Nullable SimpleAsyncTaskScheduler scheduler;

    RecurringTasks(ObjectProvider<RecurringTask> tasks, TaskLease lease, MeterRegistry meters, DatabaseWatch database) {
        this.database = database;
        this.tasks = tasks;
        this.lease = lease;
        this.meters = meters;
    }

    /** How a task fares on this server. */
    private static final class Runs {
        /** Runs that were asked for; the one in hand serves all that are asked for while it runs, by one more. */
        final AtomicInteger wanted = new AtomicInteger();

        final AtomicLong failing = new AtomicLong();

        /** Whether the log says that it fails. */
        volatile boolean told;
    }

    /** Runs a task as soon as it can be, besides its period. Does nothing while the server starts or stops. */
    public void runSoon(RecurringTask task) {
        var running = scheduler;
        if (running != null && running.isActive()) running.execute(() -> run(task));
    }

    /** Whether the server stops; a long run ends itself then, at the next place where it can go on later. */
    public boolean stopping() {
        return scheduler == null;
    }

    @Override
    public synchronized void start() {
        if (scheduler != null) return;
        var fresh = new SimpleAsyncTaskScheduler();
        fresh.setVirtualThreads(true);
        fresh.setThreadNamePrefix("task-");
        fresh.setTaskTerminationTimeout(LAST_RUNS.toMillis());
        scheduler = fresh;
        for (var task : tasks) {
            if (!task.period().isPositive()) continue;
            var first = fresh.getClock().instant().plus(task.period());
            var _ = fresh.scheduleWithFixedDelay(() -> run(task), first, task.period());
        }
    }

    /** Begins nothing more, and waits for the runs in hand, ten seconds at most. */
    @Override
    public synchronized void stop() {
        var running = scheduler;
        scheduler = null;
        if (running == null) return;
        // The scheduler's own end waits only for what was handed to it by execute(), and interrupts the rest.
        try {
            if (inHand.tryAcquire(MOST_RUNS, LAST_RUNS.toMillis(), TimeUnit.MILLISECONDS)) inHand.release(MOST_RUNS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        running.close();
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    /** After the web server has stopped, whose lifecycles are at 1024 and 2048 below the top, and before delivery does. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 3072;
    }

    private void run(RecurringTask task) {
        var state = runs.computeIfAbsent(task.name(), this::watched);
        if (state.wanted.getAndIncrement() > 0) return;
        int served;
        do {
            served = state.wanted.get();
            if (inHand.tryAcquire()) {
                try {
                    if (!stopping()) runOnce(task, state);
                } finally {
                    inHand.release();
                }
            }
        } while (state.wanted.addAndGet(-served) > 0);
    }

    private Runs watched(String name) {
        var fresh = new Runs();
        meters.gauge("ringcode.task.failing", Tags.of("task", name), fresh.failing);
        return fresh;
    }

    /** Whatever is thrown ends here: a thread that dies silently would end the task for as long as the server lives. */
    private void runOnce(RecurringTask task, Runs state) {
        var timer = Timer.start(meters);
        try {
            if (task.servers() == RecurringTask.Servers.EACH) BackgroundWork.run(task::run);
            else if (lease.take(task)) runLeased(task);
            else return;
            timer.stop(meters.timer("ringcode.task", "task", task.name(), "outcome", "done"));
            state.failing.set(0);
            if (state.told) log.info("The task {} works again", task.name());
            state.told = false;
        } catch (Throwable failure) {
            timer.stop(meters.timer("ringcode.task", "task", task.name(), "outcome", "failed"));
            tell(task, state, failure);
        }
    }

    private void runLeased(RecurringTask task) {
        String error = "stopped";
        try {
            BackgroundWork.run(task::run);
            error = null;
        } catch (Throwable failure) {
            error = failure.getClass().getSimpleName();
            throw failure;
        } finally {
            lease.finish(task, error);
        }
    }

    /** The first failure of a row with its trace, the further ones in a line. */
    private void tell(RecurringTask task, Runs state, Throwable failure) {
        var trouble = DatabaseTrouble.of(failure);
        state.failing.set(1);
        if (trouble != null) {
            // Which is told once, for all tasks and requests.
            database.met(trouble, failure);
            return;
        }
        var first = !state.told;
        state.told = true;
        if (stopping()) return;
        if (first) log.error("The task {} failed and is tried again in {}", task.name(), task.period(), failure);
        else
            log.warn(
                    "The task {} failed again: {}",
                    task.name(),
                    failure.getClass().getSimpleName());
    }
}
