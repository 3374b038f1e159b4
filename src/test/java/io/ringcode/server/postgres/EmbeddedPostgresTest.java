package io.ringcode.server.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.server.AcknowledgedWrites;
import io.ringcode.server.Eventually;
import io.ringcode.server.RunningPostgres;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.DurableFiles;
import io.ringcode.server.system.Command;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests share one folder, since making a database costs seconds; each leaves it closed and sound. */
class EmbeddedPostgresTest {
    @TempDir
    static Path temp;

    @BeforeAll
    static void letOtherAccountsPass() throws Exception {
        DurableFiles.setMode(temp, "rwx--x--x");
    }

    @Test
    void data_outlives_a_stop() throws Exception {
        try (var first = start()) {
            first.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (var second = start()) {
            assertThat(second.ask("SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    /** An older one is upgraded where its program is still there ({@link ClusterUpgradeTest}); else the way over is a backup. */
    @Test
    void data_of_another_major_version_whose_program_is_not_there_are_left_alone_and_the_way_is_told()
            throws Exception {
        try (var first = start()) {
            first.execute("CREATE TABLE older AS SELECT 17 AS answer");
        }
        var version = temp.resolve("data/postgres/cluster/data/PG_VERSION");
        var ours = Files.readString(version);
        Files.writeString(version, "17\n");
        refusesToUpgrade("was made by PostgreSQL 17", "ringcode backup", "an empty folder");
        Files.writeString(version, "99\n");
        refusesToUpgrade("was made by PostgreSQL 99", "start the release of Ringcode that made it");
        Files.writeString(version, ours);
        try (var again = start()) {
            assertThat(again.ask("SELECT answer FROM older")).isEqualTo("17");
        }
    }

    private static void refusesToUpgrade(String... reasons) {
        try (var data = DataFolder.open(temp.resolve("data"))) {
            assertThatThrownBy(() -> EmbeddedPostgres.startUpgraded(data))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContainingAll(reasons)
                    .hasMessageNotContaining("\n");
        }
    }

    /** What starts PostgreSQL hands the folder to a shell. */
    @Test
    void a_folder_with_letters_of_the_shell_is_refused_in_a_line() {
        for (var name : List.of("a$b", "a\"b", "a`b", "a\\b", "a\nb"))
            try (var data = DataFolder.open(temp.resolve(name))) {
                assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                        .isInstanceOf(StartRefused.class)
                        .hasMessageStartingWith("The built-in PostgreSQL cannot work in ")
                        .hasMessageContaining("RINGCODE_DATABASE_URL");
            }
    }

    @Test
    void it_is_durable_and_asks_this_machine_for_a_password() throws Exception {
        try (var running = start()) {
            for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes"))
                assertThat(running.ask("SHOW " + setting)).isEqualTo("on");
            assertThat(running.ask("SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(
                            () -> DriverManager.getConnection(running.postgres().jdbcUrl(), "ringcode", "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(running.data().resolve("postgres/cluster/password")))
                    .hasSize(2);
        }
    }

    @Test
    void a_standby_is_refused_in_a_line_that_says_what_to_do() throws Exception {
        var follows = temp.resolve("data/postgres/cluster/data/standby.signal");
        try (var first = start()) {
            first.execute("SELECT 1");
        }
        Files.createFile(follows);
        try (var standby = start()) {
            assertThat(standby.ask("SELECT pg_is_in_recovery()")).isEqualTo("t");
            var postgres = standby.postgres();
            var target = DatabaseTarget.fixed(postgres.jdbcUrl(), postgres.username(), postgres.password());
            assertThatThrownBy(() -> ExternalDatabase.require(target))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("is a standby or read-only; name the primary, or all hosts with"
                            + " ?targetServerType=primary")
                    .hasMessageNotContaining("\n");
        } finally {
            Files.delete(follows);
        }
    }

    @Test
    void a_second_server_on_the_same_folder_is_refused() throws Exception {
        try (var _ = start()) {
            assertThatThrownBy(EmbeddedPostgresTest::start)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            var other = child(temp.resolve("data")).redirectErrorStream(true).start();
            assertThat(new String(other.getInputStream().readAllBytes(), UTF_8))
                    .contains("in use by another server (process "
                            + ProcessHandle.current().pid() + ")");
            other.waitFor();
        }
    }

    @Test
    void it_comes_back_when_the_postmaster_alone_is_killed() throws Exception {
        try (var running = start()) {
            running.execute("CREATE TABLE before_kill AS SELECT 1 AS one");
            var killed = running.postgres().pid();
            kill(killed);
            Eventually.holds("another process", () -> running.postgres().pid() != killed && running.answers());
            assertThat(running.ask("SELECT one FROM before_kill")).isEqualTo("1");
        }
    }

    @Test
    void it_comes_back_when_the_postmaster_is_killed_with_its_children() throws Exception {
        try (var running = start()) {
            running.execute("CREATE TABLE before_massacre AS SELECT 1 AS one");
            var killed = running.postgres().pid();
            var children = ProcessHandle.of(killed).orElseThrow().children().toList();
            kill(killed);
            for (var child : children) kill(child.pid());
            Eventually.holds("another process", () -> running.postgres().pid() != killed && running.answers());
            assertThat(running.ask("SELECT one FROM before_massacre")).isEqualTo("1");
        }
    }

    @Test
    void what_was_acknowledged_is_there_after_the_server_was_killed() throws Exception {
        var folder = temp.resolve("killed");
        var builder = child(folder).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("RINGCODE_MASTER_KEY", "the key");
        var server = builder.start();
        var acknowledged = 0;
        try (var numbers = server.inputReader(UTF_8)) {
            for (String line; (line = numbers.readLine()) != null; ) {
                if (!line.startsWith("acknowledged ")) continue;
                acknowledged = Integer.parseInt(line.substring("acknowledged ".length()));
                if (acknowledged == 300) {
                    var postmaster = PostgresProcess.pidFile(folder.resolve("postgres/cluster/data"))
                            .getFirst();
                    assertThat(Files.readString(Path.of("/proc", postmaster.strip(), "environ"), ISO_8859_1))
                            .as("what another account's process is told")
                            .contains("PATH=")
                            .doesNotContain("RINGCODE_MASTER_KEY");
                    kill(server.pid());
                }
            }
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(300);
        try (var after = RunningPostgres.in(folder)) {
            assertThat(Integer.parseInt(after.ask("SELECT count(*) FROM acknowledged WHERE number <= " + acknowledged)))
                    .isEqualTo(acknowledged);
        }
    }

    @Test
    void one_that_was_left_running_is_stopped_first() throws Exception {
        start().close();
        Process leftOver;
        try (var data = DataFolder.open(temp.resolve("data"))) {
            var cluster = PostgresCluster.prepare(data, PostgresCluster.Older.REFUSED);
            leftOver = new ProcessBuilder(cluster.account()
                            .command(
                                    cluster.program().postgres().toString(),
                                    "--port=" + EmbeddedPostgres.freePort(),
                                    "-D",
                                    cluster.data().toString(),
                                    "-c",
                                    "unix_socket_directories="))
                    .directory(cluster.data().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start();
            var process = new PostgresProcess(leftOver.toHandle());
            Eventually.holds("ready", () -> process.isReady(cluster.data()));
        }
        try (var running = start()) {
            assertThat(leftOver.waitFor()).isZero();
            assertThat(running.answers()).isTrue();
        }
    }

    @Test
    void a_pid_that_now_belongs_to_another_program_is_left_in_peace() throws Exception {
        start().close();
        var stranger = new ProcessBuilder("sleep", "600").start();
        try {
            var pidFile = temp.resolve("data/postgres/cluster/data/postmaster.pid");
            Files.writeString(pidFile, stranger.pid() + "\n" + pidFile.getParent() + "\n1\n1\n\n\n  1 1\nready\n");
            try (var running = start()) {
                assertThat(running.answers()).isTrue();
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void an_interrupted_first_start_is_begun_again() throws Exception {
        var folder = temp.resolve("interrupted");
        var postgres = folder.resolve("postgres");
        RunningPostgres.in(folder).close();
        var program = PostgresProgram.unpack(postgres).home();
        // As a kill in the middle leaves it: half of each, still under the draft's name.
        Files.move(program, postgres.resolve(program.getFileName() + ".new"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(postgres.resolve(program.getFileName() + ".new/bin/postgres"));
        Files.move(postgres.resolve("cluster"), postgres.resolve("cluster.new"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(postgres.resolve("cluster.new/data/PG_VERSION"));
        try (var running = RunningPostgres.in(folder)) {
            assertThat(running.answers()).isTrue();
        }
        assertThat(postgres.resolve("cluster.new")).doesNotExist();
        assertThat(postgres.resolve(program.getFileName() + ".new")).doesNotExist();
    }

    @Test
    void it_runs_where_no_other_account_may_look() throws Exception {
        var home = Files.createDirectory(temp.resolve("home"));
        DurableFiles.setMode(home, "rwx------");
        var namespaces = Command.run(List.of("unshare", "--user", "true"), temp, Duration.ofSeconds(10));
        assumeTrue(namespaces.succeeded() || !System.getProperty("user.name").equals("root"));
        try (var running = RunningPostgres.in(home.resolve("data"))) {
            assertThat(running.answers()).isTrue();
        }
    }

    private static RunningPostgres start() {
        return RunningPostgres.in(temp.resolve("data"));
    }

    private static ProcessBuilder child(Path folder) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AcknowledgedWrites.class.getName(),
                folder.toString());
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
