package io.ringcode.server.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.server.copy.Tables;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.DurableFiles;
import io.ringcode.server.system.Command;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that PostgreSQL 17 made, by a server that people signed in at, under the program of this version. */
class ClusterUpgradeTest {
    @TempDir
    static Path temp;

    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final String NUMBER = TestTenant.newNumber();

    private static TestTenant tenant;
    private static TestTenant.Person person;
    private static Map<String, String> rows;

    @BeforeAll
    static void furnish() throws Exception {
        DurableFiles.setMode(temp, "rwx--x--x");
        var folder = temp.resolve("before");
        try (var postgres = EmbeddedPostgres.start(PostgresBefore.make(folder))) {
            tenant = Ringcode.inFolder(
                    folder,
                    CARRIER,
                    Map.of(
                            "RINGCODE_DATABASE_URL", postgres.jdbcUrl(),
                            "RINGCODE_DATABASE_USERNAME", postgres.username(),
                            "RINGCODE_DATABASE_PASSWORD", postgres.password()));
            try (var _ = tenant.server()) {
                person = tenant.enrolled(NUMBER);
            }
            rows = rows(postgres);
        }
    }

    @AfterAll
    static void close() {
        CARRIER.close();
    }

    @Test
    void the_server_upgrades_it_at_start_and_people_go_on_signing_in() throws Exception {
        var folder = folder("upgraded");
        assertThat(rows).containsKeys("app_user", "log", "enrollment");
        try (var data = DataFolder.open(folder);
                var postgres = EmbeddedPostgres.startUpgraded(data)) {
            assertThat(rows(postgres)).isEqualTo(rows);
            assertThat(ask(postgres, "SHOW server_version")).startsWith("18.");
            assertThat(ask(
                            postgres,
                            "SELECT bool_and(seqtypid = 'bigint'::regtype AND nextval(seqrelid::regclass) > (SELECT"
                                    + " coalesce(max(id), 0) FROM fraud_event)) FROM pg_sequence WHERE seqrelid ="
                                    + " pg_get_serial_sequence('fraud_event', 'id')::regclass"))
                    .isEqualTo("t");
        }
        assertThat(folder.resolve("postgres/cluster")).isDirectoryContaining("glob:**/data-17");
        assertThat(folder.resolve("postgres/program-before")).doesNotExist();
        assertThat(names(folder)).containsExactlyInAnyOrder("data", "data-17", "log", "password");
        try (var server = Ringcode.again(folder, CARRIER)) {
            signsIn(server);
        }
    }

    @Test
    void wherever_it_is_killed_the_next_start_goes_on_with_all_rows() throws Exception {
        var folder = folder("killed");
        for (var moment : List.of(" begins: all rows", " app_user: ", " log: ", " rows of ")) {
            killedAt(moment, folder);
            assertThat(version(folder, "data")).as("after " + moment).isEqualTo("17");
        }
        killedAt(UpgradedStart.DONE, folder);
        assertThat(version(folder, "data")).isEqualTo("18");
        try (var data = DataFolder.open(folder);
                var postgres = EmbeddedPostgres.startUpgraded(data)) {
            assertThat(rows(postgres)).isEqualTo(rows);
        }
        // Between its last two names.
        var cluster = folder.resolve("postgres/cluster");
        Files.move(cluster.resolve("data"), cluster.resolve("data.upgraded"));
        try (var data = DataFolder.open(folder);
                var postgres = EmbeddedPostgres.start(data)) {
            assertThat(rows(postgres)).isEqualTo(rows);
        }
        assertThat(names(folder)).containsExactlyInAnyOrder("data", "data-17", "log", "password");
    }

    /** Between the two the release before may have been started again, and have written. */
    @Test
    void a_whole_new_one_that_never_got_the_name_is_made_anew() throws Exception {
        var folder = folder("stale");
        try (var data = DataFolder.open(folder)) {
            EmbeddedPostgres.startUpgraded(data).close();
        }
        var cluster = folder.resolve("postgres/cluster");
        Files.move(cluster.resolve("data"), cluster.resolve("data.upgraded"));
        Files.move(cluster.resolve("data-17"), cluster.resolve("data"));
        try (var postgres = EmbeddedPostgres.start(PostgresBefore.of(folder))) {
            execute(postgres, "UPDATE app_user SET name = 'Meanwhile'");
        }
        try (var data = DataFolder.open(folder);
                var postgres = EmbeddedPostgres.startUpgraded(data)) {
            assertThat(ask(postgres, "SELECT DISTINCT name FROM app_user")).isEqualTo("Meanwhile");
        }
    }

    @Test
    void the_way_back_is_what_the_page_says_and_leads_forward_again() throws Exception {
        var folder = folder("back");
        try (var data = DataFolder.open(folder)) {
            EmbeddedPostgres.startUpgraded(data).close();
        }
        var page = Files.readString(Path.of("docs/upgrading.md"));
        var commands = page.substring(page.indexOf("cd ringcode-data/postgres/cluster"));
        var script = commands.substring(0, commands.indexOf("```")).replace("ringcode-data", folder.toString());
        var run = Command.run(List.of("/bin/sh", "-e", "-c", script), temp, Duration.ofSeconds(10));
        assertThat(run.succeeded()).as(run.output()).isTrue();
        try (var postgres = EmbeddedPostgres.start(PostgresBefore.of(folder))) {
            assertThat(rows(postgres)).isEqualTo(rows);
            execute(postgres, "UPDATE app_user SET name = 'Back'");
        }
        try (var data = DataFolder.open(folder);
                var postgres = EmbeddedPostgres.startUpgraded(data)) {
            assertThat(ask(postgres, "SELECT DISTINCT name FROM app_user")).isEqualTo("Back");
        }
    }

    @Test
    void what_would_be_left_behind_or_has_no_room_is_refused_in_a_line_and_nothing_changes() throws Exception {
        var folder = folder("refused");
        try (var postgres = EmbeddedPostgres.start(PostgresBefore.of(folder))) {
            execute(postgres, "CREATE TABLE mine (id int)");
        }
        refuses(folder, "tables that are not Ringcode's (mine)");
        try (var postgres = EmbeddedPostgres.start(PostgresBefore.of(folder))) {
            execute(postgres, "DROP TABLE mine");
            execute(postgres, "CREATE SCHEMA reports");
        }
        refuses(folder, "what is not Ringcode's (schema reports)");
        try (var postgres = EmbeddedPostgres.start(PostgresBefore.of(folder))) {
            execute(postgres, "DROP SCHEMA reports");
        }

        var cluster = folder.resolve("postgres/cluster");
        Files.createDirectory(cluster.resolve("data-17"));
        refuses(folder, "data-17, which is there already");
        Files.delete(cluster.resolve("data-17"));

        // As large as it says, and of no block on the disk.
        var large = cluster.resolve("data/base/large");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(8L << 40);
        }
        refuses(folder, "make room. Nothing was changed");
        Files.delete(large);

        try (var data = DataFolder.open(folder)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("start the server, which upgrades it");
            EmbeddedPostgres.startUpgraded(data).close();
        }
    }

    private static void refuses(Path folder, String reason) throws Exception {
        try (var data = DataFolder.open(folder)) {
            assertThatThrownBy(() -> EmbeddedPostgres.startUpgraded(data))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(reason)
                    .hasMessageNotContaining("\n");
        }
        assertThat(version(folder, "data")).isEqualTo("17");
        assertThat(names(folder)).doesNotContain("data.new", "data.upgraded");
    }

    /** A copy of the one that was furnished. */
    private static Path folder(String name) throws Exception {
        var folder = temp.resolve(name);
        var copied = Command.run(
                List.of("/bin/cp", "-a", temp.resolve("before").toString(), folder.toString()),
                temp,
                Duration.ofMinutes(1));
        assertThat(copied.succeeded()).as(copied.output()).isTrue();
        return folder;
    }

    private static void killedAt(String moment, Path folder) throws Exception {
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dringcode.programs=" + System.getProperty(UnpackedPostgres.PROPERTY),
                        "-cp",
                        System.getProperty("java.class.path"),
                        UpgradedStart.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        var said = new StringBuilder();
        try (var lines = child.inputReader(UTF_8)) {
            for (String line; (line = lines.readLine()) != null; ) {
                said.append(line).append('\n');
                if (!line.contains(moment)) continue;
                child.destroyForcibly().waitFor();
                return;
            }
        }
        throw new AssertionError("It never said '" + moment + "' but\n" + said);
    }

    private static void signsIn(Ringcode server) {
        var there = new TestTenant(server, tenant.id(), tenant.host(), tenant.clientId(), tenant.clientSecret());
        var login = there.signIn(person).text("mfa_token");
        var oob = there.challenge(login).text("oob_code");
        assertThat(there.verify(login, oob, there.code(NUMBER)).status()).isEqualTo(200);
    }

    private static String version(Path folder, String name) throws Exception {
        return Files.readString(folder.resolve("postgres/cluster").resolve(name).resolve("PG_VERSION"))
                .strip();
    }

    private static List<String> names(Path folder) throws Exception {
        try (var all = Files.list(folder.resolve("postgres/cluster"))) {
            return all.map(one -> one.getFileName().toString()).toList();
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** A digest of each table's rows, as the database itself makes it. */
    private static Map<String, String> rows(EmbeddedPostgres postgres) throws SQLException {
        var rows = new TreeMap<String, String>();
        try (var connection =
                DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password())) {
            for (var table : Tables.of(connection).keySet())
                rows.put(
                        table,
                        ask(
                                postgres,
                                "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
                                        + " FROM " + table + " AS t"));
        }
        return rows;
    }
}
