package io.ringcode.job;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Works on one job at a time, part by part, each in a transaction of its own: a server that dies loses the part in hand,
 * and whichever takes the job up next goes on from there.
 */
@Component
class JobWorker implements SmartLifecycle {
    static final Duration LEASE = Duration.ofSeconds(60);
    private static final Logger log = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofDays(1);

    private final JobTable table;
    private final UsersImport imports;
    private final UsersExport exports;
    private final Clock clock;
    private final Semaphore calls = new Semaphore(0);
    private @Nullable Thread thread;

    JobWorker(JobTable table, UsersImport imports, UsersExport exports, Clock clock) {
        this.table = table;
        this.imports = imports;
        this.exports = exports;
        this.clock = clock;
    }

    void wake() {
        calls.release();
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name("jobs").start(this::loop);
    }

    /** The part in hand is rolled back. */
    @Override
    public synchronized void stop() {
        if (thread != null) thread.interrupt();
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void loop() {
        try {
            while (true) {
                var _ = calls.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                calls.drainPermits();
                try {
                    while (work()) {
                        // the next one
                    }
                    table.sweep(clock.instant().minus(KEPT), clock.instant());
                } catch (DataAccessException | TransactionException failure) {
                    log.warn(
                            "Jobs wait for the database: {}", failure.getClass().getSimpleName());
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there was a job to work on */
    private boolean work() throws InterruptedException {
        var claimed = table.claim(LEASE, clock.instant());
        if (claimed.isEmpty()) return false;
        var job = claimed.get();
        try {
            var steps = job.type() == Job.Type.USERS_IMPORT ? imports : exports;
            while (steps.next(job)) if (Thread.interrupted()) throw new InterruptedException();
            table.end(job, Job.Status.COMPLETED);
        } catch (DataAccessException | TransactionException away) {
            throw away; // its lease ends, and it is taken up again
        } catch (RuntimeException bug) {
            log.error("Job {} failed", job.id(), bug);
            table.end(job, Job.Status.FAILED);
        }
        return true;
    }

    /** A job in steps, each of which commits by itself. */
    interface Steps {
        /** @return whether something was left to do */
        boolean next(Job job);
    }
}
