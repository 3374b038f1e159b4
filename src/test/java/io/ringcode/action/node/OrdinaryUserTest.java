package io.ringcode.action.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.carrier.FakeCarrier;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that does not run as root, on machines with and without namespaces for ordinary users. */
class OrdinaryUserTest {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

    /** Hides {@code unshare} from what follows: a machine that gives ordinary users no namespaces. */
    private static final List<String> WITHOUT_NAMESPACES = List.of(
            "unshare", "--mount", "sh", "-c", "mount --bind /bin/false \"$(command -v unshare)\" && exec \"$@\"", "sh");

    private static final String WARNING = "Hooks run without a network namespace of their own";

    /** Jars larger than this are programs and languages that nothing here needs. */
    private static final long LARGE = 8_000_000;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void only_root_can_become_somebody_else() throws Exception {
        var uid =
                (Integer) Files.getAttribute(Path.of("/proc/self").toRealPath(), "unix:uid", LinkOption.NOFOLLOW_LINKS);
        assumeTrue(uid == 0, "Skipped: this test becomes an ordinary user, and so needs root");
        assumeTrue(
                said(words(AS_NOBODY, java("-version"))).contains("version"), "Skipped: nobody cannot run this Java");
        copyClasses();
    }

    private static List<String> java(String... words) {
        return words(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()), List.of(words));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static List<String> words(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    /** Where everybody may read them, which is not so of root's own folders. */
    private static void copyClasses() throws Exception {
        var number = 0;
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var from = Path.of(entry);
            if (Files.isDirectory(from)) copy(from, folder.resolve("classes" + number++));
            else if (Files.exists(from) && Files.size(from) < LARGE)
                Files.copy(from, folder.resolve(number++ + "-" + from.getFileName()));
        }
        RuntimeFolder.readableByAll(folder);
    }

    private static void copy(Path from, Path to) throws Exception {
        try (var all = Files.walk(from)) {
            for (var path : (Iterable<Path>) all::iterator)
                Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    private static String classPath() throws Exception {
        try (var all = Files.list(folder)) {
            return String.join(File.pathSeparator, all.map(Path::toString).toList());
        }
    }

    private static String said(List<String> words) throws Exception {
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static String runScripts(FakeCarrier outside, List<String> before) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var program = java(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                OrdinaryUser.class.getName(),
                Integer.toString(outside.baseUrl().getPort()));
        return said(words(before, AS_NOBODY, program));
    }

    private static void assertClosed(String said, FakeCarrier outside) {
        var ends = new ArrayList<>(said.lines().toList());
        ends.removeIf(line -> line.contains(" WARN ") || line.contains(" INFO ") || line.contains(" DEBUG "));
        assertThat(ends)
                .contains("good: true", "end")
                .contains("127.0.0.1: EACCES", "localhost: EACCES", "::1: EACCES")
                .contains("10.0.0.1: EACCES", "192.168.1.1: EACCES", "169.254.169.254: EACCES")
                .contains("udp: ERR_ACCESS_DENIED", "binding: ERR_ACCESS_DENIED")
                .contains("file: ERR_ACCESS_DENIED", "program: ERR_ACCESS_DENIED");
        assertThat(outside.count()).isZero();
    }

    @Test
    void scripts_reach_nothing_of_the_machine() throws Exception {
        try (var outside = new FakeCarrier()) {
            assertClosed(runScripts(outside, List.of()), outside);
        }
    }

    @Test
    void without_namespaces_the_log_says_so_and_scripts_reach_nothing_all_the_same() throws Exception {
        assumeTrue(
                said(words(WITHOUT_NAMESPACES, List.of("echo", "hidden"))).contains("hidden"),
                "Skipped: this machine does not let root hide a program");
        try (var outside = new FakeCarrier()) {
            var said = runScripts(outside, WITHOUT_NAMESPACES);
            assertThat(said).contains(WARNING);
            assertClosed(said, outside);
        }
    }
}
