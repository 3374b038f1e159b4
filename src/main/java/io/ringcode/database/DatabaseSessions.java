package io.ringcode.database;

/** What is known of the database's sessions. */
public interface DatabaseSessions {
    /** Whether a connection keeps its settings from one transaction to the next; behind a pooler none does. */
    boolean keepSettings();
}
