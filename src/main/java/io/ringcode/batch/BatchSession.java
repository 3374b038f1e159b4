package io.ringcode.batch;

import io.ringcode.database.BatchWork;
import io.ringcode.database.DatabaseSessions;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Prepares the PostgreSQL session in which a lane's writer writes a batch: its lock time-out, and how old its plans may be. */
final class BatchSession {
    /**
     * Statements are planned once, for a batch finds its rows by keys whatever their number. But a plan that is made while a table is empty, as after
     * a vacuum in a quiet night, may read all of it or the wrong index, and would do so for minutes while the table fills. So they are planned anew
     * after so many items, which are few enough to be read.
     */
    static final int ITEMS_OF_A_PLAN = 1_000;

    private final JdbcClient db;
    private final DatabaseSessions sessions;
    private int written;

    BatchSession(JdbcClient db, DatabaseSessions sessions) {
        this.db = db;
        this.sessions = sessions;
    }

    /** In the transaction, before anything else. By the lane's writer alone. */
    void begin(int items) {
        if (!sessions.keepSettings()) waitBriefly();
        written += items;
        if (written < ITEMS_OF_A_PLAN) return;
        written = 0;
        db.sql("DISCARD PLANS").update();
    }

    /** For a locked row, where the connection has not been told once for all. */
    private void waitBriefly() {
        db.sql("SELECT set_config('lock_timeout', '" + BatchWork.LONGEST_WAIT.toMillis() + "ms', true)")
                .query(String.class)
                .single();
    }
}
