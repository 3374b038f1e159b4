package io.ringcode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.server.Eventually;
import io.ringcode.server.system.Command;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The image as it comes out, without a container engine: buildah builds it on a Debian that debootstrap makes, and starts it. */
@TestMethodOrder(OrderAnnotation.class)
class BuiltImageTest {
    private static final Path FOLDER = Path.of("target/image").toAbsolutePath();
    private static final String BASE = "localhost/ringcode-base";
    private static final String IMAGE = "localhost/ringcode";
    /** In bytes. */
    private static final long MOST_OF_OURS = 150_000_000;

    private static final Duration LONG = Duration.ofMinutes(20);

    @BeforeAll
    static void build() throws IOException {
        assumeTrue(
                Command.find("buildah").isPresent()
                        && Command.find("debootstrap").isPresent(),
                "no buildah or no debootstrap here: the image is not built");
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can build without an engine");
        Files.createDirectories(FOLDER);
        var debian = FOLDER.resolve("debian");
        if (!Files.exists(debian.resolve("etc/debian_version"))) {
            run("rm", "-rf", debian.toString());
            run("debootstrap", "--variant=minbase", "trixie", debian.toString());
        }
        trustAsThisMachine(debian);
        var empty = buildah("from", "scratch");
        run("cp", "-a", debian + "/.", buildah("mount", empty));
        buildah("commit", "--rm", empty, BASE);
        // As `docker build`, but that the base is here.
        buildah(
                "bud",
                "--isolation",
                "chroot",
                "--pull-never",
                "--format",
                "docker",
                "--build-arg",
                "DEBIAN=" + BASE,
                "--build-arg",
                "SOURCE_COMMIT=0123456789ab",
                "--tag",
                IMAGE,
                ".");
    }

    /** Where packages come by way of a proxy that signs for others, a build must know its certificate. */
    private static void trustAsThisMachine(Path debian) throws IOException {
        var own = Path.of("/usr/local/share/ca-certificates");
        if (!Files.isDirectory(own)) return;
        run("mkdir", "-p", debian + "/usr/local/share");
        run("cp", "-a", own.toString(), debian + "/usr/local/share/");
    }

    @AfterAll
    static void remove() throws IOException {
        if (!Files.isDirectory(FOLDER.resolve("storage"))) return;
        buildah("rm", "--all");
        buildah("rmi", "--all", "--force");
    }

    @Test
    @Order(1)
    void what_it_adds_to_the_base_is_small() throws IOException {
        assertThat(size(IMAGE) - size(BASE)).isBetween(1L, MOST_OF_OURS);
    }

    @Test
    @Order(2)
    void it_starts_as_a_user_who_is_not_root_tells_its_version_and_health_and_ends_by_a_signal() throws Exception {
        var config = JsonMapper.shared()
                .readTree(buildah("inspect", "--type", "image", IMAGE))
                .at("/Docker/config");
        var container = buildah("from", "--pull-never", IMAGE);
        assertThat(inside(container, List.of("id", "-u")).output()).isEqualTo("10001");
        var version = new ArrayList<>(words(config.at("/Entrypoint")));
        version.add("--version");
        assertThat(inside(container, version).output()).contains("+0123456789ab");

        var port = freePort();
        var start = new ArrayList<>(options("run", "--isolation", "chroot", "--env", "RINGCODE_PORT=" + port));
        start.addAll(List.of("--env", "RINGCODE_DEV=true", container, "--"));
        start.addAll(words(config.at("/Entrypoint")));
        var log = FOLDER.resolve("server.log");
        var server = new ProcessBuilder(start)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            var health = words(config.at("/Healthcheck/Test")).stream().skip(1).toList();
            Eventually.holds(
                    "health",
                    Duration.ofMinutes(3),
                    () -> inside(container, health, "--env", "RINGCODE_PORT=" + port)
                            .succeeded());
            java(server).destroy();
            assertThat(server.waitFor()).as(Files.readString(log, UTF_8)).isZero();
        } finally {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
    }

    /** The process in the container, which shares this machine's processes. */
    private static ProcessHandle java(Process server) {
        return server.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/opt/java/bin/java"))
                .findFirst()
                .orElseThrow();
    }

    private static Command inside(String container, List<String> words, String... more) throws IOException {
        var all = new ArrayList<>(options("run", "--isolation", "chroot"));
        all.addAll(List.of(more));
        all.addAll(List.of(container, "--"));
        all.addAll(words);
        return Command.run(all, Path.of("").toAbsolutePath(), Duration.ofMinutes(1));
    }

    /** Bytes of all files. */
    private static long size(String image) throws IOException {
        var container = buildah("from", "--pull-never", image);
        var said = run("du", "--summarize", "--bytes", buildah("mount", container));
        buildah("rm", container);
        return Long.parseLong(said.substring(0, said.indexOf("\t")));
    }

    private static List<String> words(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static int freePort() throws IOException {
        try (var any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    /** @return what it said on standard output, without the last line's end */
    private static String buildah(String... words) throws IOException {
        return run(options(words).toArray(String[]::new));
    }

    /** With a storage of its own. */
    private static List<String> options(String... words) {
        var all = new ArrayList<>(List.of("buildah", "--storage-driver", "vfs"));
        all.addAll(List.of("--root", FOLDER.resolve("storage").toString()));
        all.addAll(List.of("--runroot", FOLDER.resolve("run").toString()));
        all.addAll(Arrays.asList(words));
        return all;
    }

    private static String run(String... words) throws IOException {
        var said = Command.run(List.of(words), Path.of("").toAbsolutePath(), LONG);
        assertThat(said.exit()).as(said.output()).isZero();
        return said.output();
    }
}
