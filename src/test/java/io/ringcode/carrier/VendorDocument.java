package io.ringcode.carrier;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A carrier's own description of its API, with its objects closed: the documents allow unknown fields, and a misspelt one
 * must not pass. Tests that need a document are skipped, and say so, where it does not lie beside the project.
 */
public final class VendorDocument {
    private static final Path FOLDER = Path.of(System.getProperty("ringcode.vendors", "../shared/vendors"));
    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final ObjectNode document;

    private VendorDocument(String name, ObjectNode document) {
        this.name = name;
        this.document = document;
        close(document);
    }

    public static Path file(String name) {
        var file = FOLDER.resolve(name);
        assumeTrue(Files.exists(file), () -> "Not checked against the vendor's document: " + file + " is absent");
        return file;
    }

    public static VendorDocument of(String name) {
        return new VendorDocument(name, (ObjectNode) read(name));
    }

    public static JsonNode read(String name) {
        try {
            return JSON.readTree(Files.readString(file(name)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One of the vendors' signatures, by the name it has in the collection of them. */
    public static JsonNode signature(String name) {
        for (var vector : read("signature-vectors.json").path("vectors"))
            if (vector.path("name").asString("").equals(name)) return vector;
        throw new IllegalArgumentException(name);
    }

    /** A property that the document does not know yet, and the vendor's later pages do. */
    public VendorDocument alsoKnows(String pointer, String property) {
        ((ObjectNode) document.at(pointer)).putObject(property);
        return this;
    }

    /** @param operation such as {@code /sms/post}, with the path's slashes as {@code ~1} */
    public List<String> problems(String operation, CarrierRequest request) {
        var form = request.headers().getOrDefault("content-type", "").startsWith("application/x-www-form");
        var type = form ? "application~1x-www-form-urlencoded" : "application~1json";
        return problemsAt(
                "/paths/" + operation + "/requestBody/content/" + type + "/schema",
                form ? form(request) : JSON.readTree(request.body()));
    }

    public List<String> problemsAt(String pointer, JsonNode value) {
        var uri = "https://ringcode.test/" + name;
        var dialect = switch (document.path("openapi").asString("")) {
            case "" -> Dialects.getDraft4();
            case String version when version.startsWith("3.1") -> Dialects.getOpenApi31();
            default -> Dialects.getOpenApi30();
        };
        var registry = SchemaRegistry.withDialect(
                dialect,
                builder -> builder.schemas(Map.of(uri, document.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .typeLoose(pointer.contains("form-urlencoded"))
                                .build()));
        var location = uri + "#" + pointer.replace("{", "%7B").replace("}", "%7D");
        return registry.getSchema(SchemaLocation.of(location)).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode form(CarrierRequest request) {
        var fields = JSON.createObjectNode();
        request.form().forEach((field, values) -> {
            if (values.size() == 1) fields.put(field, values.getFirst());
            else values.forEach(fields.withArray(field)::add);
        });
        return fields;
    }

    /** Every schema with properties takes no others; one made of parts takes those of all its parts. */
    private void close(ObjectNode root) {
        var parts = new HashSet<JsonNode>();
        collectParts(root, parts);
        closeAll(root, parts);
    }

    private void collectParts(JsonNode node, Set<JsonNode> parts) {
        for (var part : node.path("allOf")) addPart(part, parts);
        for (var child : node) collectParts(child, parts);
    }

    private void addPart(JsonNode part, Set<JsonNode> parts) {
        if (!parts.add(part)) return;
        addPart(resolve(part), parts);
        for (var deeper : part.path("allOf")) addPart(deeper, parts);
    }

    private void closeAll(JsonNode node, Set<JsonNode> parts) {
        var children = List.copyOf(node.values());
        if (node instanceof ObjectNode schema && !parts.contains(node)) {
            var isSchema =
                    schema.path("properties").isObject() || schema.path("allOf").isArray();
            if (isSchema && !schema.has("additionalProperties")) {
                var names = new HashSet<String>();
                names(schema, names);
                var properties = schema.path("properties").isObject()
                        ? (ObjectNode) schema.get("properties")
                        : schema.putObject("properties");
                names.stream().filter(known -> !properties.has(known)).forEach(properties::putObject);
                if (!names.isEmpty()) schema.put("additionalProperties", false);
            }
        }
        children.forEach(child -> closeAll(child, parts));
    }

    private void names(JsonNode schema, Set<String> names) {
        var resolved = resolve(schema);
        names.addAll(resolved.path("properties").propertyNames());
        for (var part : resolved.path("allOf")) names(part, names);
    }

    private JsonNode resolve(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.startsWith("#") ? document.at(reference.substring(1)) : schema;
    }
}
