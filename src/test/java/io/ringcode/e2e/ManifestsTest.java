package io.ringcode.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The Kubernetes base against the schemas of Kubernetes' own API, which know each name, type and what is required. */
class ManifestsTest {
    private static final Path BASE = Path.of("packaging/kubernetes");

    @TempDir
    Path temp;

    @TestFactory
    Stream<DynamicTest> every_object_fits_the_schema_of_its_kind() throws Exception {
        var node = Node.installed();
        var objects = JsonMapper.shared().createArrayNode();
        try (var files = Files.list(BASE)) {
            for (var file : files.sorted().toList()) objects.add(read(file));
        }
        // What kustomize reads itself is no object of the API.
        objects.removeIf(object -> object.path("kind").asString().equals("Kustomization"));
        assertThat(objects).isNotEmpty();
        var manifests = Files.writeString(temp.resolve("manifests.json"), objects.toString());
        return node.script("manifests.mjs", Map.of("RINGCODE_MANIFESTS", manifests.toString()))
                .tests();
    }

    private static JsonNode read(Path file) throws Exception {
        return YAMLMapper.builder().build().readTree(Files.readString(file));
    }
}
