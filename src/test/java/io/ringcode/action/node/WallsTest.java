package io.ringcode.action.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.server.storage.DataFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operating system puts around a worker, as a program inside sees it. */
class WallsTest {
    @TempDir
    private Path folder;

    @Test
    void a_worker_has_no_network_no_rights_no_other_processes_and_little_of_everything() throws Exception {
        try (var data = DataFolder.open(folder)) {
            var isolation = Isolation.choose(RuntimeFolder.prepare(data), Path.of("/usr/bin/env"), WallsTest::starts);
            assumeTrue(isolation.walled(), "Skipped: this machine gives no namespaces");
            var inside = said(isolation, "cat /proc/self/net/dev /proc/self/status /proc/self/limits");
            var interfaces = inside.lines()
                    .filter(line -> line.matches(" *[a-z0-9]+: .*"))
                    .toList();
            assertThat(interfaces).hasSize(1).first().asString().startsWith("    lo:");
            assertThat(inside)
                    .containsPattern("(?m)^Uid:\\s+65534\\s+65534\\s+65534\\s+65534$")
                    .containsPattern("(?m)^CapEff:\\s+0+$")
                    .containsPattern("(?m)^NoNewPrivs:\\s+1$")
                    .containsPattern("(?m)^NSpid:\\s+(\\d+\\s+)?\\d{1,3}$")
                    .containsPattern("(?m)^Max data size\\s+536870912 ")
                    .containsPattern("(?m)^Max core file size\\s+0 ")
                    .containsPattern("(?m)^Max open files\\s+512 ");
        }
    }

    @Test
    void a_worker_sees_no_file_of_the_machine_but_programs_and_libraries() throws Exception {
        try (var data = DataFolder.open(folder)) {
            var isolation = Isolation.choose(RuntimeFolder.prepare(data), Path.of("/usr/bin/env"), WallsTest::starts);
            assumeTrue(isolation.files() != null, "Skipped: this machine gives no mount namespaces");
            assertThat(said(isolation, "ls / /etc /proc/1/root/").split("\\s+", -1))
                    .doesNotContain("home", "root", "run", "var", "dev", "passwd", "hostname");
            assertThat(said(isolation, "touch /x /usr/x /etc/x; ls " + folder)).contains("Read-only", "No such file");
        }
    }

    private static boolean starts(Isolation isolation) {
        try {
            return said(isolation, "echo started").equals("started\n");
        } catch (java.io.IOException no) {
            return false;
        }
    }

    private static String said(Isolation isolation, String command) throws java.io.IOException {
        var process = new ProcessBuilder(isolation.command(List.of("/bin/sh", "-c", command), List.of()))
                .redirectErrorStream(true)
                .directory(Path.of("/").toFile())
                .start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
