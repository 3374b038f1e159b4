package io.ringcode.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.server.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars that the launcher makes are the same in every build, so that anybody can see that a build is of its source. */
class ReproducibleJarTest {
    private static final Path SCRIPT = Path.of("bin/jdk.sh").toAbsolutePath();
    private static final List<String> NAMES = List.of("Outer$Inner.class", "META-INF/services/a.Service", "z/y/x.txt");

    @TempDir
    Path temp;

    @Test
    void neither_order_nor_time_nor_place_of_the_files_matters() throws IOException {
        var one = jar("one", NAMES, Instant.parse("2021-03-04T05:06:07Z"));
        var other = jar("another/folder", NAMES.reversed(), Instant.parse("2024-08-09T10:11:12Z"));
        assertThat(other).hasSameBinaryContentAs(one);
        try (var jar = new JarFile(one.toFile())) {
            assertThat(jar.stream().map(Object::toString)).containsAll(NAMES);
        }
        try (var beside = Files.list(one.getParent())) {
            assertThat(beside.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("files", "made.jar");
        }
    }

    private Path jar(String folder, List<String> names, Instant time) throws IOException {
        var files = temp.resolve(folder).resolve("files");
        for (var name : names) {
            var file = files.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "in " + name);
            Files.setLastModifiedTime(file, FileTime.from(time));
        }
        var made = files.resolveSibling("made.jar");
        var words = List.of(
                "sh",
                "-c",
                ". \"$0\" && jdk=$1 && make_jar \"$2\"",
                SCRIPT.toString(),
                System.getProperty("java.home"),
                made.toString());
        var said = Command.run(words, files, Duration.ofMinutes(2));
        assertThat(said.exit()).as(said.output()).isZero();
        return made;
    }
}
