package io.ringcode.schedule;

import java.time.Duration;

/**
 * A table whose rows expire, published as a bean by the module that owns the table, so that its rows are deleted when they
 * mean nothing any more. Each table's primary key begins with {@code tenant_id}.
 */
public sealed interface Expiring {
    String table();

    /**
     * Rows that say when they expire. Found by a walk along the primary key, which needs no index of its own.
     *
     * @param key the columns of the primary key behind {@code tenant_id}, with commas between
     * @param column when a row expires, of type {@code timestamptz}
     */
    record AtTime(String table, String key, String column) implements Expiring {}

    /**
     * Rows whose id grows with time ({@link io.ringcode.secret.TimedId}), so that the old ones are the first of each
     * tenant's.
     *
     * @param id the column of the primary key behind {@code tenant_id}
     * @param kept how old a row becomes
     */
    record AtAge(String table, String id, Duration kept) implements Expiring {}
}
