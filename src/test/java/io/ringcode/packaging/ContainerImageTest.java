package io.ringcode.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The image's recipe and the compose file, as far as they can be judged without building. */
class ContainerImageTest {
    private static final Path RECIPE = Path.of("Dockerfile");

    @Test
    void every_path_that_is_copied_is_there_and_sent_to_the_builder() throws IOException {
        var sent = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        var copied = instructions("COPY")
                .filter(words -> !words.startsWith("--from="))
                .flatMap(words -> Arrays.stream(words.split(" ")).limit(words.split(" ").length - 1))
                .toList();
        assertThat(copied).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(copied).allSatisfy(path -> assertThat(Path.of(path)).exists());
    }

    @Test
    void the_base_is_a_name_and_nothing_is_fetched_but_packages() throws IOException {
        assertThat(Files.readString(RECIPE)).doesNotContain("://", "curl ", "wget ", "ADD ");
        assertThat(instructions("FROM")).allSatisfy(base -> assertThat(base).startsWith("${DEBIAN}"));
        assertThat(instructions("ARG")).contains("DEBIAN=debian:trixie-slim");
    }

    @Test
    void it_runs_as_one_user_who_is_not_root() throws IOException {
        assertThat(instructions("USER")).containsExactly("10001:10001");
        assertThat(instructions("VOLUME")).containsExactly("/var/lib/ringcode");
    }

    @Test
    void the_server_takes_the_settings_of_the_image() throws IOException {
        var set = new HashMap<String, String>();
        instructions("ENV")
                .flatMap(words -> Arrays.stream(words.split(" ")))
                .map(word -> word.split("=", 2))
                .forEach(pair -> set.put(pair[0], pair[1]));
        assertThat(set).containsEntry("LC_ALL", "C.UTF-8");
        var settings = Settings.read(new String[0], set);
        assertThat(settings.data())
                .hasToString(instructions("VOLUME").findFirst().orElseThrow());
        assertThat(instructions("EXPOSE")).containsExactly(Integer.toString(settings.port()));
    }

    @Test
    void java_has_the_options_of_the_launcher() throws IOException {
        var launcher = Pattern.compile("(?m)^jvm_flags=\"(.*)\"$")
                .matcher(Files.readString(Path.of("ringcode")))
                .results()
                .map(found -> found.group(1).split(" "))
                .findFirst()
                .orElseThrow();
        var started = JsonMapper.builder()
                .build()
                .readTree(instructions("ENTRYPOINT").findFirst().orElseThrow())
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        assertThat(started).containsSequence(launcher);
        assertThat(started).last().isEqualTo("io.ringcode.RingcodeApplication");
    }

    @Test
    void its_health_is_its_readiness() throws IOException {
        assertThat(Files.readString(RECIPE)).contains("HEALTHCHECK", "GET /health/ready HTTP/1.1");
    }

    @Test
    void the_server_takes_the_settings_of_the_compose_file() throws IOException {
        var environment = new HashMap<String, String>();
        server().at("/environment")
                .propertyStream()
                .forEach(one -> environment.put(one.getKey(), one.getValue().asString()));
        var settings = Settings.read(new String[0], Map.copyOf(environment));
        assertThat(settings.devPhone()).as("the local phone").isTrue();
        assertThat(settings.address())
                .as("reachable from outside the container")
                .isEqualTo("0.0.0.0");
        assertThat(settings.database()).isNotNull();
        var database = compose().at("/services/postgresql/environment");
        assertThat(environment)
                .containsEntry(
                        "RINGCODE_DATABASE_USERNAME",
                        database.at("/POSTGRES_USER").asString())
                .containsEntry(
                        "RINGCODE_DATABASE_PASSWORD",
                        database.at("/POSTGRES_PASSWORD").asString());
    }

    @Test
    void what_shows_codes_is_reachable_from_this_machine_alone() throws IOException {
        assertThat(compose()
                        .at("/services")
                        .valueStream()
                        .flatMap(one -> one.at("/ports").valueStream()))
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port.asString()).startsWith("127.0.0.1:"));
    }

    @Test
    void the_composed_server_writes_to_its_volume_and_tmp_alone() throws IOException {
        assertThat(server().at("/read_only").asBoolean()).isTrue();
        assertThat(server().at("/cap_drop/0").asString()).isEqualTo("ALL");
        assertThat(server().at("/tmpfs/0").asString()).startsWith("/tmp:exec,");
        assertThat(server().at("/volumes/0").asString()).endsWith(":/var/lib/ringcode");
    }

    private static JsonNode compose() throws IOException {
        return YAMLMapper.builder().build().readTree(Files.readString(Path.of("compose.yaml")));
    }

    private static JsonNode server() throws IOException {
        return compose().at("/services/ringcode");
    }

    /** What stands behind each instruction of this name, with its continued lines as one. */
    private static Stream<String> instructions(String name) throws IOException {
        var whole = Files.readString(RECIPE).replaceAll("\\\\\n\\s*", "");
        return Pattern.compile("(?m)^" + name + " (.*)$")
                .matcher(whole)
                .results()
                .map(found -> found.group(1));
    }
}
