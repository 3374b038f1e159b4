package io.ringcode.schedule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The lease of a task that one server at a time runs: a row that says when the next run is due, by the database's clock, so
 * that servers whose clocks differ agree. Nobody waits for the disk: what a crash of the database takes of leases are at most runs that
 * come once more, and ceremonies have the disk to themselves.
 */
@Component
class TaskLease {
    /** A server that dies in the middle of a run holds the others up for so long. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

    private final JdbcClient db;

    TaskLease(JdbcClient db) {
        this.db = db;
    }

    /** @return whether this server is the one that runs it now */
    boolean take(RecurringTask task) {
        return db.sql("""
                INSERT INTO recurring_task AS held (name, due_at)
                SELECT :name, clock_timestamp() + :held::interval FROM (SELECT set_config('synchronous_commit', 'off', true)) AS hurried
                ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at WHERE held.due_at <= clock_timestamp()
                """)
                        .param("name", task.name())
                        .param("held", seconds(LONGEST_RUN.plus(task.period())))
                        .update()
                == 1;
    }

    /** @param error what it failed with; null after a run that went well */
    void finish(RecurringTask task, @Nullable String error) {
        db.sql("""
                UPDATE recurring_task
                   SET due_at = clock_timestamp() + :period::interval, finished_at = clock_timestamp(), error = :error
                  FROM (SELECT set_config('synchronous_commit', 'off', true)) AS hurried
                 WHERE name = :name
                """)
                .param("name", task.name())
                .param("period", seconds(task.period()))
                .param("error", error)
                .update();
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() + " milliseconds";
    }
}
