package io.ringcode.server.postgres;

import io.ringcode.server.settings.StartRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Brings the database's tables to what this program needs, or says in a line why it cannot and what to do. */
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    /** Some seconds; who migrates longer is another server, after which this one starts again. */
    private static final int TRIES_FOR_LOCK = 20;

    private static final Set<MigrationState> FUTURE =
            EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    private final DatabaseTarget target;

    private Schema(DatabaseTarget target) {
        this.target = target;
    }

    /** @throws StartRefused with what to do about it */
    static void migrate(DatabaseTarget target) {
        var schema = new Schema(target);
        var flyway = schema.flyway().load();
        try {
            schema.requireNotTooNew(newest(flyway));
            flyway.migrate();
        } catch (FlywayException | SQLException failure) {
            throw MigrationRefusals.of(failure, target);
        }
    }

    /**
     * Makes an empty database's tables as a certain release had them.
     *
     * @return whether this program knows that schema; else nothing was done
     */
    static boolean migrateTo(DatabaseTarget target, int version) {
        var schema = new Schema(target);
        try {
            if (newest(schema.flyway().load()) < version) return false;
            schema.flyway().target(Integer.toString(version)).load().migrate();
            return true;
        } catch (FlywayException failure) {
            throw MigrationRefusals.of(failure, target);
        }
    }

    private FluentConfiguration flyway() {
        return Flyway.configure()
                .dataSource(new Connections(target))
                .lockRetryCount(TRIES_FOR_LOCK)
                .callbacks(new Progress());
    }

    /** Of the migrations that come with this program. */
    private static int newest(Flyway flyway) {
        return Arrays.stream(flyway.info().all())
                .filter(one -> !FUTURE.contains(one.getState()) && one.getVersion() != null)
                .mapToInt(one -> one.getVersion().getMajor().intValue())
                .max()
                .orElse(0);
    }

    private void requireNotTooNew(int ours) throws SQLException {
        try (var connection = PostgresConnections.open(target, ConnectionTimes.OF_MIGRATIONS)) {
            var theirs = number(connection, "flyway_schema_history", """
                    SELECT max(version::integer) FROM flyway_schema_history WHERE success AND version ~ '^[0-9]{1,9}$'
                    """);
            if (theirs.isEmpty() || theirs.getAsInt() <= ours) return;
            var floor = number(connection, "schema_floor", "SELECT max(version) FROM schema_floor");
            if (floor.isEmpty() || floor.getAsInt() > ours)
                throw new StartRefused(
                        1,
                        "The database was migrated by a newer release (schema " + theirs.getAsInt() + "), which this"
                                + " one (schema " + ours + ") cannot run on: start a release that has schema "
                                + (floor.isEmpty() ? theirs : floor).getAsInt()
                                + " or newer, or restore a backup from before the upgrade");
            LOG.warn(
                    "The database was migrated by a newer release (schema {}, here {}), which lets this one go on: right while"
                            + " servers are upgraded one by one; upgrade this one soon",
                    theirs.getAsInt(),
                    ours);
        }
    }

    /** Empty where there is no such table yet. */
    private static OptionalInt number(Connection connection, String table, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var there = statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
                if (!there.next() || !there.getBoolean(1)) return OptionalInt.empty();
            }
            try (var row = statement.executeQuery(sql)) {
                return row.next() && row.getObject(1) != null ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    /** For Flyway, which closes each. */
    private static final class Connections extends AbstractDataSource {
        private final DatabaseTarget target;

        Connections(DatabaseTarget target) {
            this.target = target;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return PostgresConnections.open(target, ConnectionTimes.OF_MIGRATIONS);
        }

        @Override
        public Connection getConnection(String username, String password) {
            throw new UnsupportedOperationException("The user is the one that the operator has set");
        }
    }

    /** A line before each migration of a database that is in use, since one may take long. */
    private static final class Progress extends BaseCallback {
        @Override
        public boolean supports(Event event, @Nullable Context context) {
            return event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public void handle(Event event, Context context) {
            var next = context.getMigrationInfo();
            if (next != null && next.getVersion() != null)
                LOG.info("Migrating the database to schema {} ({})", next.getVersion(), next.getDescription());
        }
    }
}
