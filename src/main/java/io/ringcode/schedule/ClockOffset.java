package io.ringcode.schedule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.database.DatabaseClock;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the database what time it is, since a machine's clock may drift or be set. */
@Component
class ClockOffset implements RecurringTask {
    private final JdbcClient db;
    private final Clock clock;

    ClockOffset(JdbcClient db, Clock clock, MeterRegistry meters) {
        this.db = db;
        this.clock = clock;
        Gauge.builder("ringcode.clock.offset.seconds", this::offset)
                .description("What this machine's clock lags behind the database's, whose time is used")
                .register(meters);
    }

    private double offset() {
        return clock instanceof DatabaseClock shared ? shared.offset().toMillis() / 1000.0 : 0;
    }

    @Override
    public String name() {
        return "clock-offset";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    /** A clock of a test's own is left alone. */
    @Override
    public void run() {
        if (!(clock instanceof DatabaseClock shared)) return;
        var before = shared.machineTime();
        var there =
                db.sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single();
        shared.measured(before, there.toInstant(), shared.machineTime());
    }
}
