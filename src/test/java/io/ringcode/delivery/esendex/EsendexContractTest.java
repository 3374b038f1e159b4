package io.ringcode.delivery.esendex;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.http.Xml;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

class EsendexContractTest extends CarrierContract {
    private static final String URL = "https://mfa.example.org/receipts/esendex/token";

    @Override
    protected String name() {
        return "esendex";
    }

    @Override
    protected void configure() {
        node.account(
                "esendex",
                Map.of(
                        "username", "ops@example.com",
                        "password", "the-password",
                        "account_reference", "EX0123456",
                        "default_from", "Ringcode"));
    }

    @Override
    protected String said(CarrierRequest request) {
        return Xml.read(request.body().getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .text("body");
    }

    /** The OpenAPI document of Esendex looks at no XML; the schema beside it does. */
    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) throws Exception {
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(VendorDocument.file("esendex-messagedispatcher.xsd").toFile());
        try {
            schema.newValidator().validate(new StreamSource(new StringReader(request.body())));
            return List.of();
        } catch (SAXException problem) {
            return List.of(String.valueOf(problem.getMessage()));
        }
    }

    @Override
    protected CarrierReply accepts(String vendorId) {
        return CarrierReply.json(200, """
                <?xml version="1.0" encoding="utf-8"?><messageheaders batchid="batch-1" xmlns="http://api.esendex.com/ns/">\
                <messageheader uri="x" id="%s" /></messageheaders>""".formatted(vendorId));
    }

    @Override
    protected CarrierReply acceptsWithoutId() {
        return CarrierReply.json(200, "<messageheaders batchid=\"batch-1\"/>");
    }

    @Override
    protected Map<CarrierReply, Refused> refusals() {
        return Map.of(
                CarrierReply.json(400, "Bad Request"), new Refused("http_400", FailureCause.REQUEST),
                CarrierReply.json(401, ""), new Refused("http_401", FailureCause.ACCOUNT),
                CarrierReply.json(402, "no credit"), new Refused("http_402", FailureCause.ACCOUNT),
                CarrierReply.json(403, "<html>"), new Refused("http_403", FailureCause.ACCOUNT),
                CarrierReply.json(410, ""), new Refused("http_410", FailureCause.VENDOR));
    }

    @Test
    void the_check_itself_sees_a_misspelt_element() throws Exception {
        var request = new CarrierRequest("POST", "/", Map.of(), """
                <messages><accountreference>EX1</accountreference><message><to>14155550123</to><bodi>x</bodi></message>\
                </messages>""");
        assertThat(problems(Channel.SMS, request)).isNotEmpty();
    }

    @Test
    void the_user_is_named_as_esendex_wants_it() {
        carrier.next(accepts("x"));
        ask(Channel.SMS);
        assertThat(carrier.requests().getLast().headers())
                .containsEntry("authorization", "Basic b3BzQGV4YW1wbGUuY29tOnRoZS1wYXNzd29yZA==")
                .containsEntry("content-type", "application/xml; charset=utf-8");
    }

    private static String failed(boolean permanent) {
        return """
                <?xml version="1.0"?><MessageFailed><Id>n1</Id><MessageId>m1</MessageId><AccountId>a</AccountId>\
                <OccurredAt>2030-01-01T00:00:00</OccurredAt><FailureReason><Code>7</Code><Detail>x</Detail>\
                <PermanentFailure>%s</PermanentFailure></FailureReason></MessageFailed>""".formatted(permanent);
    }

    @Test
    void what_became_of_a_message() throws IOException {
        var delivered = "<MessageDelivered><Id>n1</Id><MessageId>m1</MessageId></MessageDelivered>";
        assertThat(read(call(URL, Map.of(), delivered)))
                .isEqualTo(Genuine.unsigned(List.of(Receipt.of("m1", State.DELIVERED)))
                        .onceOnly("n1"));
        assertThat(read(call(URL, Map.of(), failed(true))))
                .isEqualTo(Genuine.unsigned(List.of(Receipt.of("m1", State.UNDELIVERED, "7", FailureCause.VENDOR)))
                        .onceOnly("n1"));
        assertThat(read(call(URL, Map.of(), failed(false))))
                .isEqualTo(Genuine.unsigned(List.of(Receipt.of("m1", State.UNDELIVERED, "7", null)))
                        .onceOnly("n1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<x",
                "<MessageDelivered/>",
                "<InboundMessage><Id>n</Id><MessageId>m</MessageId></InboundMessage>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                        + "<MessageDelivered><Id>n</Id><MessageId>&e;</MessageId></MessageDelivered>",
            })
    void what_is_no_notification_is_unreadable(String body) throws IOException {
        assertThat(read(call(URL, Map.of(), body))).isInstanceOf(Unreadable.class);
    }
}
