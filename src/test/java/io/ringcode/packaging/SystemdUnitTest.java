package io.ringcode.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.server.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd unit, as systemd itself judges it. */
class SystemdUnitTest {
    private static final Path UNIT = Path.of("packaging/systemd/ringcode.service");

    /** Of 100, where 100 is a service that may do everything: what tenants' scripts need stays open. */
    private static final int MOST_EXPOSED = 35;

    @TempDir
    Path temp;

    private Path here = UNIT;

    @BeforeEach
    void installHere() throws IOException {
        var launcher = Path.of("ringcode").toAbsolutePath().toString();
        here = temp.resolve("ringcode.service");
        Files.writeString(here, Files.readString(UNIT).replace("/opt/ringcode/ringcode", launcher));
    }

    @Test
    void systemd_has_nothing_to_say_against_it() throws Exception {
        var said = analyze("verify", "--man=no", "--recursive-errors=no", here.toString());
        assertThat(said.output()).isEmpty();
        assertThat(said.exit()).isZero();
    }

    @Test
    void systemd_finds_it_little_exposed() throws Exception {
        var said = analyze("security", "--offline=yes", "--threshold=" + MOST_EXPOSED, here.toString());
        assertThat(said.exit()).as(said.output()).isZero();
    }

    @Test
    void it_starts_again_but_for_what_a_new_start_cannot_mend() throws IOException {
        assertThat(Files.readAllLines(UNIT))
                .contains("User=ringcode", "Restart=always", "NoNewPrivileges=yes", "ProtectSystem=strict")
                // no JDK; a build that failed; nothing built and not writable; wrong settings
                .contains("RestartPreventExitStatus=69 70 73 78");
    }

    private Command analyze(String... words) throws IOException {
        var program = Command.find("systemd-analyze");
        assumeTrue(program.isPresent(), "no systemd-analyze here: the unit is not judged");
        var all = new ArrayList<>(List.of(program.orElseThrow().toString()));
        all.addAll(List.of(words));
        return Command.run(all, Path.of("").toAbsolutePath(), Duration.ofSeconds(60));
    }
}
