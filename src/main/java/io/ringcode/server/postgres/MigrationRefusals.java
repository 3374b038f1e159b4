package io.ringcode.server.postgres;

import io.ringcode.database.LostConnection;
import io.ringcode.database.SqlState;
import io.ringcode.server.settings.StartRefused;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a database cannot be migrated, each in a line that says what to do. */
final class MigrationRefusals {
    private static final Pattern VERSION = Pattern.compile("version ([0-9.]+)");

    private MigrationRefusals() {}

    static StartRefused of(Exception failure, DatabaseTarget target) {
        var said = failure.getMessage() == null ? "" : failure.getMessage();
        var version = VERSION.matcher(said);
        var which = version.find() ? version.group(1) : "?";
        if (said.contains("checksum mismatch"))
            return StartRefused.because("The database was migrated by another build: its migration " + which
                    + " is not the one of this program. Start the release that made it, or restore the program's original"
                    + " files");
        if (said.contains("non-empty schema"))
            return StartRefused.because(
                    "The database holds tables of something else: give Ringcode one of its own (CREATE"
                            + " DATABASE), or a schema of its own by ?currentSchema=NAME in RINGCODE_DATABASE_URL");
        if (said.contains("not resolved locally"))
            return StartRefused.because("The database has a migration (" + which
                    + ") that this program does not have: start the release that made it");
        if (said.contains("failed migration"))
            return StartRefused.because("Migration " + which
                    + " broke off in the middle: restore the backup from before the" + " upgrade, and start again");
        if (said.contains("advisory lock"))
            return new StartRefused(
                    75, "Another server is migrating this database: start this one again when that one serves");
        if (LostConnection.isMeantBy(failure))
            return new StartRefused(
                    75,
                    "The database went away before it was migrated (SQLSTATE " + SqlState.of(failure)
                            + "): nothing of the last step was kept; start again when it is back");
        return ofState(SqlState.of(failure), server(failure), target);
    }

    private static StartRefused ofState(@Nullable String state, String said, DatabaseTarget target) {
        var role = target.username() == null ? "the role" : target.username();
        return switch (state == null ? "" : state) {
            case "42501" ->
                StartRefused.because(
                        "The database does not let " + role + " make tables (" + said + "): as its owner, run"
                                + " GRANT CREATE, USAGE ON SCHEMA public TO " + role + ", or make " + role
                                + " the owner of the database");
            case "3F000" ->
                StartRefused.because(
                        "The database has no schema to make tables in: CREATE SCHEMA public, or the one that"
                                + " ?currentSchema= in RINGCODE_DATABASE_URL names");
            case "25006" ->
                new StartRefused(
                        75,
                        "The database is read-only: name the primary in RINGCODE_DATABASE_URL, or all hosts with"
                                + " ?targetServerType=primary; or end what made it read-only (SHOW"
                                + " default_transaction_read_only)");
            case SqlState.LOCK_NOT_AVAILABLE ->
                new StartRefused(
                        75,
                        "Another session holds a lock on tables that must be migrated: end it (SELECT * FROM pg_locks JOIN"
                                + " pg_stat_activity USING (pid)), or wait until it has ended, and start again");
            case "53100" -> new StartRefused(75, "The database has no room on its disk: make some, and start again");
            default ->
                StartRefused.because("The database could not be migrated (SQLSTATE " + state + ", " + said
                        + "): nothing of the last step was kept; start the release before until that is mended");
        };
    }

    /** The server's own words, of the innermost failure, in one line. They are about our statements, which hold no data. */
    private static String server(Exception failure) {
        var said = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sql && sql.getMessage() != null) said = sql.getMessage();
        return said.lines().findFirst().orElse("");
    }
}
