package io.ringcode.server.backup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.server.copy.TableCopy;
import io.ringcode.server.copy.Tables;
import io.ringcode.server.postgres.CommandDatabase;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DurableFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is what another data folder is filled from, and the person of yesterday signs in there. */
class BackupTest {
    @TempDir
    Path temp;

    private final FakeCarrier carrier = new FakeCarrier();
    private final List<String> told = new ArrayList<>();

    /** Root's server runs PostgreSQL under another account, which has to come here. */
    @BeforeEach
    void letThrough() throws Exception {
        DurableFiles.setMode(temp, "rwx--x--x");
    }

    @AfterEach
    void close() {
        carrier.close();
    }

    @Test
    void a_backup_while_the_server_serves_is_restored_elsewhere_and_moved_to_an_external_database() throws Exception {
        var folder = temp.resolve("data");
        var tenant = Ringcode.inFolder(folder, carrier);
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        Path whileWriting;
        Path file;
        Map<String, String> rows;
        try (var server = tenant.server()) {
            var over = new AtomicBoolean();
            var writing = Thread.ofVirtual().start(() -> {
                while (!over.get()) tenant.person();
            });
            whileWriting = commands(folder, Map.of()).backup(temp.resolve("first"));
            over.set(true);
            writing.join();
            var quiet = quiet(folder);
            file = quiet.file();
            rows = quiet.rows();
            assertThat(server.port()).isPositive();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .startsWith("ringcode-backup 1 ")
                .doesNotContain(person.email(), "installation");

        var other = temp.resolve("other");
        commands(other, Map.of()).restore(file);
        try (var database = CommandDatabase.builtIn(other);
                var connection = database.connect()) {
            assertThat(rows(connection)).isEqualTo(rows);
        }
        try (var restored = Ringcode.again(other, carrier)) {
            signsIn(
                    new TestTenant(restored, tenant.id(), tenant.host(), tenant.clientId(), tenant.clientSecret()),
                    person,
                    number);
        }
        assertThatThrownBy(() -> commands(other, Map.of()).restore(file))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("in use already");

        var external = TestDatabase.emptyDatabase();
        var env = environment(external);
        told.clear();
        commands(folder, env).move();
        assertThat(told).contains("installation: 1");
        try (var database = CommandDatabase.external(
                        requireNonNull(settings(folder, env).database()));
                var connection = database.connect()) {
            assertThat(rows(connection)).isEqualTo(rows);
        }

        var fromTheFirst = temp.resolve("third");
        commands(fromTheFirst, Map.of()).restore(whileWriting);
    }

    @Test
    void a_file_that_was_changed_or_cut_off_or_is_of_another_key_fills_nothing() throws Exception {
        var folder = temp.resolve("data");
        Ringcode.inFolder(folder, carrier).server().close();
        var file = commands(folder, Map.of()).backup(temp.resolve("backups"));
        var bytes = Files.readAllBytes(file);
        var other = temp.resolve("other");
        var changed = bytes.clone();
        changed[bytes.length / 2] ^= 1;
        refuses(other, Files.write(temp.resolve("changed"), changed), "was changed");
        refuses(other, Files.write(temp.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 100)), "cut off");
        refuses(other, Files.writeString(temp.resolve("text"), "Nothing\n"), "no backup of Ringcode");
        var key = Base64.getEncoder().encodeToString(new byte[32]);
        assertThatThrownBy(() ->
                        commands(other, Map.of("RINGCODE_MASTER_KEY", key)).restore(file))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("which is not given");
        try (var database = CommandDatabase.stopped(other);
                var connection = database.connect()) {
            TableCopy.requireUnused(connection);
        }
        commands(other, Map.of()).restore(file);
    }

    /** Its rows would lie in tables of a later release, and the migrations in between would never see them. */
    @Test
    void an_older_backup_is_refused_where_an_attempt_with_a_newer_one_has_left_its_tables() throws Exception {
        var from = environment(TestDatabase.emptyDatabase());
        try (var database = CommandDatabase.external(
                requireNonNull(settings(temp.resolve("data"), from).database()))) {
            assertThat(database.migrateTo(91)).isTrue();
        }
        var file = commands(temp.resolve("data"), from).backup(temp.resolve("backups"));
        var to = environment(TestDatabase.emptyDatabase());
        try (var database = CommandDatabase.external(
                requireNonNull(settings(temp.resolve("data"), to).database()))) {
            database.migrate();
        }
        assertThatThrownBy(() -> commands(temp.resolve("data"), to).restore(file))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("schema 91")
                .hasMessageContaining("give an empty one");
        commands(temp.resolve("data"), environment(TestDatabase.emptyDatabase()))
                .restore(file);
    }

    private static Map<String, String> environment(TestDatabase.Database database) {
        return Map.of(
                "RINGCODE_DATABASE_URL", database.url(),
                "RINGCODE_DATABASE_USERNAME", database.user(),
                "RINGCODE_DATABASE_PASSWORD", database.password());
    }

    private void refuses(Path folder, Path file, String reason) {
        assertThatThrownBy(() -> commands(folder, Map.of()).restore(file))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(reason);
    }

    private static void signsIn(TestTenant tenant, TestTenant.Person person, String number) {
        var login = tenant.signIn(person).text("mfa_token");
        var oob = tenant.challenge(login).text("oob_code");
        assertThat(tenant.verify(login, oob, tenant.code(number)).status()).isEqualTo(200);
    }

    private DatabaseCommands commands(Path folder, Map<String, String> env) {
        return new DatabaseCommands(settings(folder, env), told::add);
    }

    private static Settings settings(Path folder, Map<String, String> env) {
        var all = new TreeMap<>(Map.of("RINGCODE_MASTER_KEY", Ringcode.MASTER_KEY));
        all.putAll(env);
        return Settings.read(new String[] {"--data", folder.toString()}, all);
    }

    private record Quiet(Path file, Map<String, String> rows) {}

    /** A backup during which no recurring task wrote anything, such as what the guard has learned. */
    private Quiet quiet(Path folder) throws SQLException {
        try (var database = CommandDatabase.builtIn(folder);
                var connection = database.connect()) {
            for (int attempt = 0; ; attempt++) {
                var rows = rows(connection);
                var file = commands(folder, Map.of()).backup(temp.resolve("quiet " + attempt));
                if (rows(connection).equals(rows)) return new Quiet(file, rows);
            }
        }
    }

    /** A digest of each table's rows. Recurring tasks and the check of a server's connection write all the time. */
    private static Map<String, String> rows(Connection connection) throws SQLException {
        var rows = new TreeMap<String, String>();
        for (var table : Tables.of(connection).keySet()) {
            if (List.of("recurring_task", "database_check").contains(table)) continue;
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
                                    + " FROM " + table + " AS t")) {
                row.next();
                rows.put(table, row.getString(1));
            }
        }
        return rows;
    }
}
