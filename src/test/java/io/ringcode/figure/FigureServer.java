package io.ringcode.figure;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import java.time.Duration;

/** A server whose days pass as a test says, and whose figures are summed when it says. */
final class FigureServer implements AutoCloseable {
    private final FakeCarrier carrier = new FakeCarrier();
    private final TestClock clock = new TestClock();
    private final TestDatabase.Database database = patient();
    private final Ringcode server = Ringcode.on(database, carrier, clock);

    /** Whoever waits for a lock that a test holds waits for as long as that takes. */
    private static TestDatabase.Database patient() {
        var database = TestDatabase.freshDatabase();
        var name = database.url().replaceFirst(".*/", "");
        TestDatabase.executeOutside("ALTER DATABASE " + name + " SET lock_timeout = '60s'");
        return database;
    }

    FakeCarrier carrier() {
        return carrier;
    }

    TestClock clock() {
        return clock;
    }

    Ringcode server() {
        return server;
    }

    FigureTenant tenant() {
        return new FigureTenant(server.tenant(), database);
    }

    /** Sums all that there is. */
    void roll() {
        clock.advance(Duration.ofMinutes(16));
        server.bean(FigureRolls.class).roll(clock.instant());
    }

    @Override
    public void close() {
        server.close();
        carrier.close();
    }
}
