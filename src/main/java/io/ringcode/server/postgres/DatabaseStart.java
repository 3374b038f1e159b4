package io.ringcode.server.postgres;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
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

    private DatabaseStart(Settings settings, DataFolder data) {
        this.ready = CompletableFuture.supplyAsync(
                () -> start(settings.database(), data),
                task -> Thread.ofPlatform().name("database-start").start(task));
    }

    private DatabaseStart() {
        this.ready = CompletableFuture.failedFuture(new IllegalStateException("No database was started"));
    }

    public static DatabaseStart begin(Settings settings, DataFolder data) {
        return new DatabaseStart(settings, data);
    }

    /** Where only the kinds of beans matter. */
    public static DatabaseStart none() {
        return new DatabaseStart();
    }

    private DatabaseTarget start(Settings.@Nullable Database external, DataFolder data) {
        DatabaseTarget database;
        if (external == null) {
            var postgres = EmbeddedPostgres.start(data);
            own.set(postgres);
            database = new DatabaseTarget(postgres.jdbcUrl(), postgres.username(), postgres.password());
        } else {
            database = new DatabaseTarget(external.url(), external.username(), external.password());
            ExternalDatabase.require(database);
        }
        Schema.migrate(database);
        return database;
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
