package io.ringcode.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.RingcodeApplication;
import io.ringcode.TestDatabase;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The launcher has Spring judge at build time which beans there are: such a server is the same as one that judges at its start. */
@Timeout(180)
class BuildTimeBeansTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    Path temp;

    @Test
    void a_server_with_beans_from_the_build_has_the_same_routes() throws Exception {
        var classes = compiled(sources());
        var database = TestDatabase.freshDatabase();
        var server = java(
                Map.of(
                        "RINGCODE_DATABASE_URL", database.url(),
                        "RINGCODE_DATABASE_USERNAME", database.user(),
                        "RINGCODE_DATABASE_PASSWORD", database.password(),
                        "RINGCODE_MASTER_KEY", Ringcode.MASTER_KEY),
                "-Dspring.aot.enabled=true",
                "-cp",
                classes + File.pathSeparator + CLASS_PATH,
                RingcodeApplication.class.getName(),
                "--dev",
                "--port",
                "0",
                "--data",
                temp.resolve("data").toString());
        try (var lines = server.inputReader(UTF_8);
                var http = HttpClient.newHttpClient()) {
            var address = address(lines);
            assertThat(get(http, address + "/health/ready")).isEqualTo("200 {\"status\":\"UP\"}");
            assertThat(get(http, address + "/dev/phone/messages")).isEqualTo("200 []");
            var here = "http://localhost:" + Ringcode.shared().port();
            assertThat(routes(http, address)).isEqualTo(routes(http, here));
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private List<File> sources() throws Exception {
        var processing = java(
                Map.of(),
                "-cp",
                CLASS_PATH,
                SpringApplicationAotProcessor.class.getName(),
                RingcodeApplication.class.getName(),
                temp.resolve("sources").toString(),
                temp.resolve("resources").toString(),
                temp.resolve("generated").toString(),
                "io.ringcode",
                "ringcode",
                "--beans");
        var said = new String(processing.getInputStream().readAllBytes(), UTF_8);
        assertThat(processing.waitFor()).as(said).isZero();
        try (var files = Files.walk(temp.resolve("sources"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toFile)
                    .toList();
        }
    }

    private Path compiled(List<File> sources) throws IOException {
        var classes = Files.createDirectory(temp.resolve("classes"));
        var javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, null, UTF_8)) {
            var options = List.of("-nowarn", "-proc:none", "-parameters", "-cp", CLASS_PATH, "-d", classes.toString());
            assertThat(javac.getTask(null, files, null, options, null, files.getJavaFileObjectsFromFiles(sources))
                            .call())
                    .isTrue();
        }
        return classes;
    }

    private Process java(Map<String, String> env, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).directory(temp.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGCODE_"));
        builder.environment().putAll(env);
        return builder.start();
    }

    private static String address(BufferedReader lines) throws IOException {
        var said = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            var serves = line.indexOf("http://localhost:");
            if (line.contains("Ringcode serves ") && serves >= 0) return line.substring(serves);
        }
        throw new AssertionError("It did not start: " + said);
    }

    /** Members of an object may come in any order. */
    private static JsonNode routes(HttpClient http, String address) throws Exception {
        var answer = get(http, address + "/api/openapi.json");
        assertThat(answer).startsWith("200 ");
        return new ObjectMapper().readTree(answer.substring(4)).get("paths");
    }

    private static String get(HttpClient http, String address) throws Exception {
        var answer = http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
