package io.ringcode.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Auth0's deploy tool: what it imports is what it exports, and what it exported it can import again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployToolTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path TENANT = Path.of("e2e/tenant.yaml");

    /** No export has these: the tool reads them from where its own client no longer puts them. */
    private static final Set<String> NEVER_EXPORTED = Set.of("guardianFactorProviders");

    @TempDir
    private static Path temp;

    private static HttpsServer server;
    private static Node node;

    @BeforeAll
    static void start() throws Exception {
        node = Node.installed();
        server = HttpsServer.start();
        server.require("/api/v2/actions/actions");
        server.require("/api/v2/actions/triggers");
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    @Test
    @Order(1)
    void what_is_imported_is_exported() throws Exception {
        importing(server, TENANT);
        var wanted = YAML.readTree(Files.readString(TENANT));
        var exported = export(server, "first");
        for (var resource : wanted.properties())
            if (!NEVER_EXPORTED.contains(resource.getKey()))
                assertContains(resource.getKey(), exported.path(resource.getKey()), resource.getValue());
    }

    @Test
    @Order(2)
    void an_export_imported_elsewhere_exports_the_same() throws Exception {
        try (var other = HttpsServer.start()) {
            importing(other, temp.resolve("first/tenant.yaml"));
            assertThat(export(other, "second")).isEqualTo(export(server, "first"));
        }
    }

    @Test
    @Order(3)
    void an_import_of_the_same_changes_nothing() throws Exception {
        var before = export(server, "before");
        importing(server, TENANT);
        assertThat(export(server, "after")).isEqualTo(before);
    }

    @Test
    @Order(4)
    void an_export_of_everything_comes_to_its_end() throws Exception {
        var folder = temp.resolve("everything");
        var run = node.deploy(server, Map.of(), "export", "-o", folder.toString(), "-f", "yaml");
        assertThat(run.exit()).as(run.text()).isZero();
        assertThat(run.text()).contains("Export Successful");
        var exported = YAML.readTree(Files.readString(folder.resolve("tenant.yaml")));
        assertThat(exported.path("clients").size()).isGreaterThanOrEqualTo(2);
    }

    private static void importing(HttpsServer server, Path file) throws IOException, InterruptedException {
        var run = node.deploy(
                server, Map.of(), "import", "-i", file.toAbsolutePath().toString());
        assertThat(run.exit()).as(run.text()).isZero();
    }

    /** Of what the file has, and nothing else. */
    private static JsonNode export(HttpsServer server, String name) throws IOException, InterruptedException {
        var folder = temp.resolve(name);
        var resources = new TreeSet<String>();
        YAML.readTree(Files.readString(TENANT)).properties().forEach(resource -> resources.add(resource.getKey()));
        var only = Map.of("AUTH0_INCLUDED_ONLY", "[\"" + String.join("\",\"", resources) + "\"]");
        var run = node.deploy(server, only, "export", "-o", folder.toString(), "-f", "yaml");
        assertThat(run.exit()).as(run.text()).isZero();
        return YAML.readTree(Files.readString(folder.resolve("tenant.yaml")));
    }

    /** Everything that is wanted is there; what the server adds of its own is not looked at. Lists go by name. */
    private static void assertContains(String where, JsonNode found, JsonNode wanted) {
        if (wanted.isObject()) {
            for (var member : wanted.properties())
                assertContains(where + "." + member.getKey(), found.path(member.getKey()), member.getValue());
        } else if (wanted.isArray() && !wanted.isEmpty() && wanted.get(0) instanceof ObjectNode) {
            for (var item : wanted) assertContains(where, named(found, item), item);
        } else {
            assertThat(found).as(where).isEqualTo(wanted);
        }
    }

    private static JsonNode named(JsonNode list, JsonNode item) {
        for (var key : new String[] {"identifier", "name", "value", "audience", "type"}) {
            if (!item.has(key)) continue;
            for (var candidate : list) if (candidate.path(key).equals(item.path(key))) return candidate;
        }
        return list.path(-1);
    }
}
