package io.ringcode.job;

import io.ringcode.schedule.RecurringTask;
import io.ringcode.schedule.RecurringTasks;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Works on one job at a time, part by part, each in a transaction of its own: a server that dies loses the part in hand,
 * and whichever takes the job up next goes on from there.
 */
@Component
class JobWorker implements RecurringTask {
    static final Duration LEASE = Duration.ofSeconds(60);
    private static final Logger log = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration KEPT = Duration.ofDays(1);

    private final JobTable table;
    private final UsersImport imports;
    private final UsersExport exports;
    private final RecurringTasks tasks;
    private final Clock clock;

    JobWorker(JobTable table, UsersImport imports, UsersExport exports, RecurringTasks tasks, Clock clock) {
        this.table = table;
        this.imports = imports;
        this.exports = exports;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** There is a new job. */
    void wake() {
        tasks.runSoon(this);
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void run() {
        while (work()) {
            // the next one
        }
        table.sweep(clock.instant().minus(KEPT), clock.instant());
    }

    /** @return whether there was a job to work on */
    private boolean work() {
        var claimed = table.claim(LEASE, clock.instant());
        if (claimed.isEmpty()) return false;
        var job = claimed.get();
        try (var steps = job.type() == Job.Type.USERS_IMPORT ? imports.begin(job) : exports.begin(job)) {
            while (steps.next()) if (tasks.stopping()) return false; // its lease ends, and it is taken up again
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
    interface Steps extends AutoCloseable {
        /** @return whether something was left to do */
        boolean next();

        @Override
        default void close() {}
    }
}
