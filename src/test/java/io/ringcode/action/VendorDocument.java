package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.ringcode.carrier.CarrierRequest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A vendor's own description of its API, where it lies beside the project. */
record VendorDocument(String file) {
    private static final Path FOLDER = Path.of(System.getProperty("ringcode.vendors", "../shared/vendors"));
    private static final JsonMapper JSON = new JsonMapper();
    static final String FORM = "application/x-www-form-urlencoded";

    private Path path() {
        var path = FOLDER.resolve(file);
        assumeTrue(Files.exists(path), () -> "Not checked against the vendor's document: " + path + " is absent");
        return path;
    }

    /** @param resource the path that the document describes */
    void describesForm(String resource, CarrierRequest request) throws IOException {
        var form = JSON.valueToTree(request.form().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().getFirst())));
        describes(resource, FORM, form);
    }

    void describesJson(String resource, CarrierRequest request) throws IOException {
        describes(resource, "application/json", JSON.readTree(request.body()));
    }

    private void describes(String resource, String type, JsonNode sent) throws IOException {
        var document = JSON.readTree(Files.readString(path()));
        var pointer = "/paths/" + resource.replace("/", "~1") + "/post/requestBody/content/" + type.replace("/", "~1")
                + "/schema";
        // The documents allow unknown fields; a misspelt one must not pass.
        if (document.at(pointer) instanceof ObjectNode schema && !schema.has("$ref") && !schema.has("oneOf"))
            schema.put("additionalProperties", false);
        var uri = "https://ringcode.test/" + file;
        var dialect = document.path("openapi").asString("").startsWith("3.1")
                ? Dialects.getOpenApi31()
                : Dialects.getOpenApi30();
        var registry = SchemaRegistry.withDialect(
                dialect,
                builder -> builder.schemas(Map.of(uri, document.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .typeLoose(type.equals(FORM))
                                .build()));
        var escaped = pointer.replace("{", "%7B").replace("}", "%7D");
        var schema = registry.getSchema(SchemaLocation.of(uri + "#" + escaped));
        assertThat(schema.validate(sent)).isEmpty();
        assertThat(schema.validate(JSON.createObjectNode().put("nothing", "of use")))
                .as("the check sees a wrong request")
                .isNotEmpty();
    }

    void describesXml(CarrierRequest request) throws IOException, SAXException {
        SchemaFactory.newDefaultInstance()
                .newSchema(path().toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(request.body())));
    }
}
