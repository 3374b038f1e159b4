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

    /** Their exports lack what the tool asks for when it imports them. */
    private static final Set<String> NOT_IMPORTED_AGAIN =
            Set.of("phoneProviders", "phoneTemplates", "hooks", "actions", "triggers");

    /** No export has these: the first is read from where the tool's own client no longer puts it, the other is secret. */
    private static final Set<String> NEVER_EXPORTED = Set.of("guardianFactorProviders", "credentials");

    @TempDir
    private static Path temp;

    private static HttpsServer server;
    private static Node node;

    @BeforeAll
    static void start() throws Exception {
        node = Node.installed();
        server = HttpsServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    /** Each run of the tool takes seconds to load it, so what it is asked for is asked at once. */
    @Test
    @Order(1)
    void what_is_imported_is_exported() throws Exception {
        server.require("/api/v2/branding/phone/providers");
        importing(server, TENANT);
        var folder = temp.resolve("everything");
        var run = node.deploy(server, Map.of(), "export", "-o", folder.toString(), "-f", "yaml");
        assertThat(run.exit()).as(run.text()).isZero();
        assertThat(run.text()).contains("Export Successful");
        var everything = read(folder.resolve("tenant.yaml"));
        assertContains("tenant.yaml", everything, read(TENANT));
        assertThat(everything.path("clients").size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    @Order(2)
    void an_export_imported_elsewhere_exports_the_same() throws Exception {
        export(server, "first");
        try (var other = HttpsServer.start()) {
            var file = temp.resolve("first/tenant.yaml");
            var first = Files.readString(file).replace(server.domain(), other.domain());
            Files.writeString(file, first);
            importing(other, file);
            // The tool itself writes members that its export did not have.
            assertContains("second", export(other, "second"), YAML.readTree(first));
        }
    }

    private static void importing(HttpsServer server, Path file) throws IOException, InterruptedException {
        var run = node.deploy(
                server, Map.of(), "import", "-i", file.toAbsolutePath().toString());
        assertThat(run.exit()).as(run.text()).isZero();
    }

    /** Of the resources of {@link #TENANT} that can be imported again, and no other. */
    private static JsonNode export(HttpsServer server, String name) throws IOException, InterruptedException {
        var folder = temp.resolve(name);
        var resources = new TreeSet<String>();
        read(TENANT).properties().forEach(resource -> resources.add(resource.getKey()));
        resources.removeAll(NOT_IMPORTED_AGAIN);
        var only = Map.of("AUTH0_INCLUDED_ONLY", "[\"" + String.join("\",\"", resources) + "\"]");
        var run = node.deploy(server, only, "export", "-o", folder.toString(), "-f", "yaml");
        assertThat(run.exit()).as(run.text()).isZero();
        return read(folder.resolve("tenant.yaml"));
    }

    private static JsonNode read(Path file) throws IOException {
        return YAML.readTree(Files.readString(file));
    }

    /** Everything that is wanted is there; what the server adds of its own is not looked at. Lists go by name. */
    private static void assertContains(String where, JsonNode found, JsonNode wanted) {
        if (wanted.isObject()) {
            for (var member : wanted.properties())
                if (!NEVER_EXPORTED.contains(member.getKey()))
                    assertContains(where + "." + member.getKey(), found.path(member.getKey()), member.getValue());
        } else if (wanted.isArray() && !wanted.isEmpty() && wanted.get(0) instanceof ObjectNode) {
            for (var item : wanted) assertContains(where, named(found, item), item);
        } else if (wanted.asString("").startsWith("./")) {
            assertThat(found.asString()).as(where + " is a file of its own").startsWith("./");
        } else {
            assertThat(found).as(where).isEqualTo(wanted);
        }
    }

    private static JsonNode named(JsonNode list, JsonNode item) {
        for (var key : new String[] {"identifier", "name", "value", "audience", "type", "id", "action_name"}) {
            if (!item.has(key)) continue;
            for (var candidate : list) if (candidate.path(key).equals(item.path(key))) return candidate;
        }
        return list.path(-1);
    }
}
