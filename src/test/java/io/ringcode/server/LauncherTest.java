package io.ringcode.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.server.storage.DurableFiles;
import io.ringcode.server.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher `ringcode`, with a JDK and a Maven that say how they were called. */
class LauncherTest {
    @TempDir
    Path temp;

    /** With what a shell would read, if it were let. */
    private Path home = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        DurableFiles.setMode(temp, "rwxr-xr-x");
        home = temp.resolve("home of \"O'Neil\" $HOME");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("src/main"));
        Files.copy(Path.of("ringcode"), home.resolve("ringcode"));
        Files.copy(Path.of("bin/jdk.sh"), home.resolve("bin/jdk.sh"));
        Files.writeString(home.resolve("pom.xml"), "");
        program("jdk/bin/java", "echo \"LC_ALL=$LC_ALL\"; for word; do echo \"<$word>\"; done");
        program("jdk/bin/javac", "");
        program("path/mvn", "echo \"maven $*\"; exit 1");
        Files.writeString(temp.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    }

    @Test
    void names_of_files_are_utf_8_whatever_the_locale() throws Exception {
        alreadyBuilt();
        for (var locale : List.of("", "C", "de_DE.ISO-8859-1"))
            assertThat(run(0, Map.of("LC_ALL", locale), "--data", "jürgen")).startsWith("LC_ALL=C.UTF-8\n");
    }

    @Test
    void words_reach_the_server_as_they_were_typed() throws Exception {
        alreadyBuilt();
        assertThat(run(0, Map.of(), "--data", "a 'b\" $HOME `c` \\ *")).endsWith("<--data>\n<a 'b\" $HOME `c` \\ *>\n");
    }

    @Test
    void the_version_gets_the_commit() throws Exception {
        assertThat(run(70, Map.of("SOURCE_COMMIT", "8a409f8a7c21"), "--version"))
                .contains("maven ", " -Dbuild.metadata=+8a409f8a7c21");
        assertThat(run(70, Map.of("GIT_CEILING_DIRECTORIES", temp.toString()), "--version"))
                .containsPattern(" -Dbuild.metadata=\\s");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<Implementation-Version>${project.version}${build.metadata}</Implementation-Version>");
    }

    @Test
    void who_may_not_write_what_another_built_is_told_whose_it_is() throws Exception {
        var setpriv = Command.find("setpriv");
        assumeTrue(
                System.getProperty("user.name").equals("root") && setpriv.isPresent(), "only root can be another user");
        Files.createDirectories(home.resolve("target"));
        var words = List.of(setpriv.orElseThrow().toString(), "--reuid=65534", "--regid=65534", "--clear-groups");
        assertThat(run(73, Map.of(), words, "--version"))
                .startsWith("ringcode: has to be built and " + home + "/target, of root, cannot be written by nobody:")
                .contains("chown -R");
    }

    private void alreadyBuilt() throws IOException {
        Files.createDirectories(home.resolve("target/app"));
        Files.writeString(home.resolve("target/app/built"), "");
        Files.writeString(home.resolve("target/app/beans.jar"), "");
    }

    private void program(String name, String script) throws IOException {
        var file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        DurableFiles.setMode(file, "rwxr-xr-x");
    }

    private String run(int status, Map<String, String> env, String... args) throws Exception {
        return run(status, env, List.of(), args);
    }

    private String run(int status, Map<String, String> env, List<String> as, String... args) throws Exception {
        var words = new ArrayList<>(as);
        words.add(home.resolve("ringcode").toString());
        words.addAll(List.of(args));
        var builder = new ProcessBuilder(words).directory(temp.toFile()).redirectErrorStream(true);
        var all = new HashMap<>(env);
        all.put("RINGCODE_JAVA_HOME", temp.resolve("jdk").toString());
        all.put("PATH", temp.resolve("path") + ":/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().putAll(all);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }
}
