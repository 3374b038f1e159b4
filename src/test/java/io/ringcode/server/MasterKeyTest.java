package io.ringcode.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.MasterKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
    @TempDir
    Path temp;

    @Test
    void the_first_start_makes_one_that_only_we_can_read_and_later_ones_keep_it() throws Exception {
        try (var data = DataFolder.open(temp.resolve("data"))) {
            var first = MasterKey.load(settings(Map.of()), data);
            assertThat(first.bytes()).hasSize(32);
            assertThat(MasterKey.load(settings(Map.of()), data).bytes()).isEqualTo(first.bytes());
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
            assertThat(MasterKey.load(settings(Map.of("RINGCODE_MASTER_KEY", own)), data)
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
            assertThatThrownBy(() -> MasterKey.load(settings(Map.of()), data))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("master.key: must be 32 bytes in Base64")
                    .hasMessageNotContaining("c2hvcnQ");
            assertThat(file).hasContent("c2hvcnQ=");
        }
    }

    @Test
    void it_does_not_show_itself() {
        try (var data = DataFolder.open(temp.resolve("data"))) {
            assertThat(MasterKey.load(settings(Map.of()), data)).hasToString("MasterKey[•••]");
        }
    }

    private static Settings settings(Map<String, String> env) {
        return Settings.read(new String[0], env);
    }
}
