package io.ringcode.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.MasterKeys;
import io.ringcode.server.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
    @TempDir
    Path temp;

    @Test
    void the_first_start_makes_one_that_only_we_can_read_and_later_ones_keep_it() throws Exception {
        try (var data = DataFolder.open(temp.resolve("data"))) {
            var first = MasterKeys.load(settings(Map.of()), data).wanted();
            assertThat(first.bytes()).hasSize(32);
            assertThat(MasterKeys.load(settings(Map.of()), data).wanted().bytes())
                    .isEqualTo(first.bytes());
            var file = data.resolve("master.key");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void the_operators_own_comes_first_and_none_is_made() {
        var own = Base64.getEncoder().encodeToString(new byte[32]);
        try (var data = DataFolder.open(temp.resolve("data"))) {
            assertThat(MasterKeys.load(settings(Map.of("RINGCODE_MASTER_KEY", own)), data)
                            .wanted()
                            .bytes())
                    .isEqualTo(new byte[32]);
            assertThat(data.resolve("master.key")).doesNotExist();
        }
    }

    @Test
    void a_damaged_one_is_refused_and_never_replaced() throws Exception {
        try (var data = DataFolder.open(temp.resolve("data"))) {
            var file = data.resolve("master.key");
            Files.writeString(file, "c2hvcnQ=");
            assertThatThrownBy(() -> MasterKeys.load(settings(Map.of()), data))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("master.key: must be 32 bytes in Base64")
                    .hasMessageNotContaining("c2hvcnQ");
            assertThat(file).hasContent("c2hvcnQ=");
        }
    }

    @Test
    void a_new_one_comes_first_and_a_server_that_runs_reads_it_again() {
        try (var data = DataFolder.open(temp.resolve("data"))) {
            var keys = MasterKeys.load(settings(Map.of()), data);
            var first = keys.wanted();
            var second = MasterKeys.addNew(data.path());
            assertThat(keys.wanted().id()).isEqualTo(first.id());
            keys.refresh();
            assertThat(keys.wanted().bytes()).isEqualTo(second.bytes());
            assertThat(keys.find(first.id())).isNotNull();
            assertThat(MasterKeys.load(settings(Map.of()), data).ids()).containsExactly(second.id(), first.id());
        }
    }

    @Test
    void it_may_come_from_a_file_or_a_command_and_older_ones_behind_it() throws Exception {
        var one = Base64.getEncoder().encodeToString(new byte[32]);
        var other = Base64.getEncoder().encodeToString("another key of thirty-two bytes!".getBytes(UTF_8));
        var file = Files.writeString(temp.resolve("keys"), one + "\n" + other + "\n");
        try (var data = DataFolder.open(temp.resolve("data"))) {
            for (var env : List.of(
                    Map.of("RINGCODE_MASTER_KEY", one + "," + other),
                    Map.of("RINGCODE_MASTER_KEY_FILE", file.toString()),
                    Map.of("RINGCODE_MASTER_KEY_COMMAND", "echo complaint >&2; cat " + file))) {
                var keys = MasterKeys.load(settings(env), data);
                assertThat(keys.wanted().bytes()).isEqualTo(new byte[32]);
                assertThat(keys.known()).hasSize(2);
            }
            assertThatThrownBy(() -> MasterKeys.load(settings(Map.of("RINGCODE_MASTER_KEY_COMMAND", "exit 3")), data))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("RINGCODE_MASTER_KEY_COMMAND")
                    .hasMessageContaining("status 3");
            assertThatThrownBy(() -> settings(Map.of("RINGCODE_MASTER_KEY", one, "RINGCODE_MASTER_KEY_COMMAND", "x")))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("not several");
            assertThat(data.resolve("master.key")).doesNotExist();
        }
    }

    /** The program that is asked may wait for a network, behind a shell that is easily ended. */
    @Test
    void a_command_that_hangs_is_given_up_in_time() {
        var begun = System.nanoTime();
        assertThatThrownBy(() -> piped("sleep 20 | cat"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("took longer");
        // The JDK closes the output at the end of the shell, if nobody is reading it just then.
        try {
            assertThat(piped("sleep 20 & echo key")).isEqualTo("key");
        } catch (IOException late) {
            assertThat(late).hasMessageContaining("took longer");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    private String piped(String script) throws IOException {
        return Command.piped(List.of("/bin/sh", "-c", script), temp, Duration.ofMillis(300))
                .output();
    }

    @Test
    void a_new_one_leaves_the_file_to_the_account_that_the_server_runs_under() throws Exception {
        try (var data = DataFolder.open(temp.resolve("data"))) {
            MasterKeys.load(settings(Map.of()), data);
            var file = data.resolve("master.key");
            assumeThat(System.getProperty("user.name")).isEqualTo("root");
            var nobody = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(file, nobody);
            MasterKeys.addNew(data.path());
            assertThat(Files.getOwner(file)).isEqualTo(nobody);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void it_does_not_show_itself() {
        try (var data = DataFolder.open(temp.resolve("data"))) {
            var keys = MasterKeys.load(settings(Map.of()), data);
            var text = Base64.getEncoder().encodeToString(keys.wanted().bytes());
            assertThat(keys + " " + keys.wanted() + " "
                            + settings(Map.of("RINGCODE_MASTER_KEY", text)).masterKey())
                    .contains(keys.wanted().id())
                    .doesNotContain(text);
        }
    }

    private static Settings settings(Map<String, String> env) {
        return Settings.read(new String[0], env);
    }
}
