package io.ringcode.server.postgres;

import io.ringcode.database.DatabaseClock;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The database becomes ready while the rest of the server starts: it is reached, or started where it is the server's own, and
 * migrated. Whoever asks where it is waits for that.
 */
public final class DatabaseStart implements AutoCloseable {
    private final AtomicReference<@Nullable EmbeddedPostgres> own = new AtomicReference<>();
    private final CompletableFuture<DatabaseTarget> ready;

    private DatabaseStart(Settings settings, DataFolder data, Clock clock) {
        this.ready = CompletableFuture.supplyAsync(
                () -> start(settings.database(), data, clock),
                task -> Thread.ofPlatform().name("database-start").start(task));
    }

    private DatabaseStart() {
        this.ready = CompletableFuture.failedFuture(new IllegalStateException("No database was started"));
    }

    public static DatabaseStart begin(Settings settings, DataFolder data, Clock clock) {
        return new DatabaseStart(settings, data, clock);
    }

    /** Where only the kinds of beans matter. */
    public static DatabaseStart none() {
        return new DatabaseStart();
    }

    private DatabaseTarget start(Settings.@Nullable Database external, DataFolder data, Clock clock) {
        DatabaseTarget database;
        if (external == null) {
            var postgres = EmbeddedPostgres.startUpgraded(data);
            own.set(postgres);
            database = postgres.target();
        } else {
            database = ExternalDatabase.require(new DatabaseTarget(
                    external.url(), external.username(), DatabasePassword.of(external), DatabaseTarget.Way.POOLER));
        }
        Schema.migrate(database);
        if (clock instanceof DatabaseClock shared) measure(database, shared);
        return database;
    }

    /** Before anything is written by it. A first question may be slow, since the connection is new; the best of three counts. */
    private static void measure(DatabaseTarget database, DatabaseClock clock) {
        try (var connection = PostgresConnections.open(database, ConnectionTimes.OF_STARTS);
                var statement = connection.createStatement()) {
            for (int i = 0; i < 3; i++) {
                var before = clock.machineTime();
                try (var row = statement.executeQuery("SELECT clock_timestamp()")) {
                    row.next();
                    clock.measured(
                            before, row.getObject(1, OffsetDateTime.class).toInstant(), clock.machineTime());
                }
            }
        } catch (SQLException failure) {
            throw MigrationRefusals.of(failure, database);
        }
    }

    /** Waits until it is. @throws StartRefused where it will not be */
    DatabaseTarget ready() {
        try {
            return ready.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException reason) throw reason;
            throw failure;
        }
    }

    /** Why there will be no database, in words for the operator; null where that is not known, or not so. */
    public @Nullable StartRefused refusal() {
        return ready.isCompletedExceptionally() && ready.exceptionNow() instanceof StartRefused refused
                ? refused
                : null;
    }

    /** Stops the server's own PostgreSQL, once it has started. */
    @Override
    public void close() {
        ready.handle((_, _) -> own.getAndSet(null))
                .thenAccept(postgres -> {
                    if (postgres != null) postgres.close();
                })
                .join();
    }
}
