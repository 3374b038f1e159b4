package io.ringcode.database;

import java.sql.SQLException;

/** Proves that the database does what a ceremony needs: it gives a connection, takes a write, and has our tables. */
@FunctionalInterface
public interface DatabaseCheck {
    /** Comes back, or fails, within some two seconds. */
    void run() throws SQLException;
}
