package io.ringcode.database;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A watch for tests of parts, over whatever they have as their database. */
public final class TestWatch {
    private TestWatch() {}

    public static DatabaseWatch of(JdbcClient db, MeterRegistry meters) {
        return new DatabaseWatch(() -> db.sql("SELECT 1").query(Integer.class).single(), meters, Clock.systemUTC());
    }
}
