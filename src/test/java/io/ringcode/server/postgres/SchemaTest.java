package io.ringcode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.TestDatabase;
import io.ringcode.server.settings.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is wrong with a database is told in one line that says what to do. */
@ExtendWith(OutputCaptureExtension.class)
class SchemaTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern NUMBER = Pattern.compile("V([0-9]+)__.*\\.sql");

    /** What a program that knows nothing of it does not survive. */
    private static final Pattern BREAKS = Pattern.compile(
            "(?i)\\b(DROP (TABLE|COLUMN|VIEW)|RENAME|SET NOT NULL|ALTER COLUMN \\w+ (SET DATA )?TYPE)\\b"
                    + "|ADD COLUMN [^,;]*NOT NULL(?![^,;]*DEFAULT)");

    /** Nobody names an index, and of a table that makes room for another of its name nobody notices. */
    private static final Pattern REPLACED = Pattern.compile(
            "ALTER INDEX \\w+ RENAME TO \\w+;|(?s)ALTER TABLE (\\w+) RENAME TO \\w+;(?=.*CREATE TABLE \\1 )");

    private final TestDatabase.Database database = TestDatabase.freshDatabase();

    private static DatabaseTarget target(TestDatabase.Database database) {
        return DatabaseTarget.fixed(database.url(), database.user(), database.password());
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> Schema.migrate(target(database)))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        no -> assertThat(no.problems())
                                .singleElement()
                                .satisfies(
                                        line -> assertThat(line).contains(words).doesNotContain("\n", "Exception")));
    }

    private void history(int version) {
        TestDatabase.execute(
                database,
                "INSERT INTO flyway_schema_history SELECT 1000, '" + version + "', 'future', 'SQL', 'V" + version
                        + "__future.sql', 1, 'x', now(), 1, true");
    }

    @Test
    void a_newer_schema_that_lets_this_program_go_on_is_told_and_another_is_refused(CapturedOutput output) {
        history(900);
        assertThatCode(() -> Schema.migrate(target(database))).doesNotThrowAnyException();
        assertThat(output).contains("migrated by a newer release (schema 900, here ");
        TestDatabase.execute(database, "UPDATE schema_floor SET version = 890");
        assertRefused("newer release (schema 900)", "start a release that has schema 890 or newer", "backup");
    }

    @Test
    void a_migration_that_was_changed_is_refused() {
        TestDatabase.execute(database, "UPDATE flyway_schema_history SET checksum = 1 WHERE version = '7'");
        assertRefused("another build", "migration 7 is not the one of this program");
    }

    @Test
    void tables_of_something_else_are_left_alone() {
        var foreign = TestDatabase.emptyDatabase();
        TestDatabase.execute(foreign, "CREATE TABLE theirs (id int)");
        assertThatThrownBy(() -> Schema.migrate(target(foreign)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("tables of something else")
                .hasMessageContaining("currentSchema");
    }

    @Test
    void a_role_that_may_make_no_tables_is_told_the_grant() {
        var empty = TestDatabase.emptyDatabase();
        TestDatabase.execute(empty, "CREATE ROLE modest LOGIN PASSWORD 'modest'");
        var modest = DatabaseTarget.fixed(empty.url(), "modest", "modest");
        assertThatThrownBy(() -> Schema.migrate(modest))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("GRANT CREATE, USAGE ON SCHEMA public TO modest")
                .hasMessageNotContaining("\n");
        TestDatabase.execute(empty, "GRANT CREATE, USAGE ON SCHEMA public TO modest");
        assertThatCode(() -> Schema.migrate(modest)).doesNotThrowAnyException();
    }

    @Test
    void a_read_only_database_is_told() {
        TestDatabase.execute(
                database, "DELETE FROM flyway_schema_history WHERE version::integer >= 73; DROP TABLE schema_floor");
        var name = database.url().replaceFirst(".*/", "");
        TestDatabase.executeOutside("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        assertRefused("read-only", "targetServerType=primary");
    }

    @Test
    void a_database_that_went_away_is_worth_another_start() throws Exception {
        var away = DatabaseTarget.fixed("jdbc:postgresql://127.0.0.1:" + EmbeddedPostgres.freePort() + "/x", "x", "x");
        assertThatThrownBy(() -> Schema.migrate(away)).isInstanceOfSatisfying(StartRefused.class, no -> {
            assertThat(no.exitCode()).isEqualTo(75);
            assertThat(no.problems()).singleElement().asString().contains("went away", "start again");
        });
    }

    @Test
    void a_lock_that_somebody_holds_is_told() throws Exception {
        var name = database.url().replaceFirst(".*/", "");
        TestDatabase.executeOutside("ALTER DATABASE " + name + " SET lock_timeout = '300ms'");
        try (var other = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE flyway_schema_history IN ACCESS EXCLUSIVE MODE");
            assertRefused("Another session holds a lock", "pg_stat_activity");
        }
    }

    /** Also where a clock was wrong, so that a line is of the future. */
    @Test
    void the_log_of_an_older_schema_is_the_oldest_partition_and_written_to_as_before() throws SQLException {
        var older = TestDatabase.emptyDatabase();
        assertThat(Schema.migrateTo(target(older), 121)).isTrue();
        var insert =
                "INSERT INTO log (tenant_id, id, at, type, data) VALUES ('default', '900%s000000000000000000000', now(), 'test', '{}')";
        TestDatabase.execute(older, insert.formatted("20200101"));
        TestDatabase.execute(older, insert.formatted("20990101"));
        Schema.migrate(target(older));
        assertThat(TestDatabase.count(older, "SELECT count(*) FROM log_oldest")).isEqualTo(2);
        assertThat(TestDatabase.count(older, "SELECT count(*) FROM log_line")).isEqualTo(2);
        TestDatabase.execute(older, insert.formatted("20200102"));
        TestDatabase.execute(older, insert.formatted("20990102"));
        assertThat(TestDatabase.count(older, "SELECT count(*) FROM log_oldest")).isEqualTo(3);
        assertThat(TestDatabase.count(older, "SELECT count(*) FROM log_rest")).isEqualTo(1);
        assertThat(TestDatabase.count(older, "SELECT count(*) FROM log_line")).isEqualTo(4);
    }

    /** The rule of CONTRIBUTING: servers are upgraded one by one, so the release before works on the new schema, or is kept away. */
    @Test
    void a_migration_that_the_release_before_does_not_bear_raises_the_floor() throws IOException {
        var unfit = new ArrayList<String>();
        try (var files = Files.list(MIGRATIONS)) {
            for (var file : files.toList()) {
                var number = NUMBER.matcher(file.getFileName().toString());
                var sql = REPLACED.matcher(Files.readString(file).replaceAll("--.*", ""))
                        .replaceAll("");
                if (number.matches()
                        && Integer.parseInt(number.group(1)) > 73
                        && BREAKS.matcher(sql).find()
                        && !sql.contains("UPDATE schema_floor")) unfit.add("" + file.getFileName());
            }
        }
        assertThat(unfit).isEmpty();
        assertThat("ALTER TABLE a ADD COLUMN b text NOT NULL;").containsPattern(BREAKS);
        assertThat("ALTER TABLE a ADD COLUMN b text NOT NULL DEFAULT '';").doesNotContainPattern(BREAKS);
    }
}
