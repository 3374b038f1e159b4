package io.ringcode.delivery.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.ringcode.TestDatabase;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.CarrierAccount.Change;
import io.ringcode.delivery.DeliveryNode;
import io.ringcode.delivery.Edit;
import io.ringcode.delivery.TestClock;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every request fits Twilio's own description of its API, where that document lies beside the project. */
class TwilioRequestTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("ringcode.vendors", "../shared/vendors"), "twilio.openapi.json");
    private static final JsonMapper JSON = new JsonMapper();

    private final FakeCarrier carrier = new FakeCarrier();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), carrier.baseUrl(), new TestClock());

    @BeforeEach
    void document() {
        assumeTrue(Files.exists(DOCUMENT), () -> "Not checked against Twilio's document: " + DOCUMENT + " is absent");
        node.useTwilio();
    }

    @AfterEach
    void close() {
        node.close();
        carrier.close();
    }

    private static Schema schema(String resource) throws IOException {
        var document = (ObjectNode) JSON.readTree(Files.readString(DOCUMENT));
        var path = "/paths/~12010-04-01~1Accounts~1{AccountSid}~1" + resource
                + ".json/post/requestBody/content/application~1x-www-form-urlencoded/schema";
        // The document allows unknown fields; a misspelt one must not pass.
        ((ObjectNode) document.at(path)).put("additionalProperties", false);
        var uri = "https://ringcode.test/twilio";
        var registry = SchemaRegistry.withDialect(
                Dialects.getOpenApi30(),
                builder -> builder.schemas(Map.of(uri, document.toString()))
                        .schemaRegistryConfig(
                                SchemaRegistryConfig.builder().typeLoose(true).build()));
        var pointer = path.replace("{", "%7B").replace("}", "%7D");
        return registry.getSchema(SchemaLocation.of(uri + "#" + pointer));
    }

    private static JsonNode form(CarrierRequest request) {
        return JSON.valueToTree(request.form().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().getFirst())));
    }

    private void fits(String resource) throws IOException {
        var request = carrier.requests().getLast();
        assertThat(request.path()).endsWith("/" + resource + ".json");
        assertThat(schema(resource).validate(form(request))).isEmpty();
    }

    @Test
    void an_sms_from_a_number() throws IOException {
        node.send(node.promise(Channel.SMS, "Ihr Code für Käse & Co: 123456 ✓"));
        fits("Messages");
        assertThat(carrier.requests().getLast().field("Body")).isEqualTo("Ihr Code für Käse & Co: 123456 ✓");
    }

    @Test
    void an_sms_from_a_service() throws IOException {
        var service = new Edit.Set("MG00000000000000000000000000000002");
        node.change("twilio", Change.of(Map.of("default_from", new Edit.Remove(), "mssid", service)));
        node.send(node.promise(Channel.SMS, "Your code is 123456"));
        fits("Messages");
    }

    @Test
    void a_call() throws IOException {
        node.send(node.promise(Channel.VOICE, "Hello\uE0001.2.3.4.5.6"));
        fits("Calls");
    }

    @Test
    void the_check_itself_sees_a_misspelt_field_and_a_missing_one() throws IOException {
        assertThat(schema("Messages").validate(JSON.readTree("{\"To\":\"+14155550123\",\"Boddy\":\"x\"}")))
                .isNotEmpty();
        assertThat(schema("Calls").validate(JSON.readTree("{\"To\":\"+14155550123\"}")))
                .isNotEmpty();
    }
}
