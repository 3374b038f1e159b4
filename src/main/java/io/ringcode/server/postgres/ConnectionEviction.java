package io.ringcode.server.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.ringcode.database.DatabaseTrouble;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Eviction of a pool's connections. Where one broke, or its primary takes no writes any more, the others are no better: all are replaced, each as soon as it
 * is free. The pool by itself would hand them out one by one, since it tests none that was used a moment before. One that was lent
 * before that and breaks after it says nothing of the new ones.
 */
final class ConnectionEviction implements SQLExceptionOverride {
    /** When the connection that this thread uses was lent to it, by {@link System#nanoTime()}. */
    private static final ThreadLocal<@Nullable Long> LENT = new ThreadLocal<>();

    private final HikariDataSource pool;
    /** When all were replaced. */
    private final AtomicLong last = new AtomicLong(System.nanoTime());

    ConnectionEviction(HikariDataSource pool) {
        this.pool = pool;
    }

    /** To be called by whoever has just got a connection. */
    static void lent() {
        LENT.set(System.nanoTime());
    }

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        if (!DatabaseTrouble.endsConnection(failure)) return Override.CONTINUE_EVICT;
        replaceAll();
        return Override.MUST_EVICT;
    }

    private void replaceAll() {
        var before = last.get();
        var now = System.nanoTime();
        var lent = LENT.get();
        if (lent != null && lent - before < 0) return;
        var beans = pool.getHikariPoolMXBean();
        if (beans != null && last.compareAndSet(before, now)) beans.softEvictConnections();
    }
}
