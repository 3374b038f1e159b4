package io.ringcode.delivery.telesign;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelesignContractTest extends CarrierContract {
    private static final String URL = "https://mfa.example.org/receipts/telesign/token";
    private static final String CUSTOMER = "AAAAAAAA-BBBB-CCCC-1234-AB1234567890";
    private static final String KEY = "c29tZSBrZXkgdGhhdCBpcyBsb25nIGVub3VnaA==";
    private static final TelesignAccount ACCOUNT = new TelesignAccount(CUSTOMER, KEY, false, null, null);

    @Override
    protected String name() {
        return "telesign";
    }

    @Override
    protected void configure() {
        node.account("telesign", Map.of("customer_id", CUSTOMER, "api_key", KEY));
    }

    @Override
    protected String said(CarrierRequest request) {
        return request.field("message");
    }

    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) {
        return VendorDocument.of("telesign.openapi.json")
                .problems((channel == Channel.SMS ? "~1v1~1messaging" : "~1v1~1voice") + "/post", request);
    }

    private static CarrierReply status(int http, int code, String id) {
        return CarrierReply.json(
                http,
                "{\"reference_id\":\"%s\",\"status\":{\"code\":%d,\"description\":\"x\",\"updated_on\":\"x\"}}"
                        .formatted(id, code));
    }

    @Override
    protected CarrierReply accepts(String vendorId) {
        return status(201, 290, vendorId);
    }

    @Override
    protected CarrierReply acceptsWithoutId() {
        return CarrierReply.json(200, "{\"status\":{\"code\":290}}");
    }

    @Override
    protected Map<CarrierReply, Refused> refusals() {
        return Map.of(
                status(400, 11000, ""), new Refused("11000", FailureCause.NUMBER),
                status(200, 11001, "x"), new Refused("11001", FailureCause.NUMBER),
                status(200, 229, "x"), new Refused("229", FailureCause.OPT_OUT),
                status(200, 220, "x"), new Refused("220", FailureCause.VENDOR),
                status(402, 10030, ""), new Refused("10030", FailureCause.ACCOUNT),
                status(401, 10008, ""), new Refused("10008", FailureCause.ACCOUNT),
                status(400, 11009, ""), new Refused("11009", FailureCause.REQUEST),
                status(200, 99999, "x"), new Refused("99999", FailureCause.VENDOR),
                CarrierReply.json(403, "<html>"), new Refused("http_403", FailureCause.VENDOR));
    }

    @ParameterizedTest
    @ValueSource(ints = {10019, 500, 221, 107})
    void some_statuses_pass(int code) {
        carrier.next(status(200, code, "x"));
        assertThat(ask(Channel.SMS)).isEqualTo(new Unavailable(Integer.toString(code), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"telesign request, POST", "telesign request, POST with encoded text", "telesign request, GET"})
    void requests_are_signed_as_telesigns_own_libraries_do(String name) {
        var vector = VendorDocument.signature(name);
        var account = new TelesignAccount(
                vector.path("customerId").asString(), vector.path("apiKey").asString(), false, null, null);
        assertThat(TelesignSignature.ofRequest(
                        account,
                        vector.path("method").asString(),
                        vector.path("contentType").asString(),
                        vector.path("Date").asString(),
                        vector.path("x-ts-nonce").asString(),
                        vector.path("body").asString(),
                        vector.path("resource").asString()))
                .isEqualTo(vector.path("Authorization").asString());
    }

    @Test
    void what_is_sent_is_what_was_signed() {
        carrier.next(accepts("x"));
        ask(Channel.SMS);
        var request = carrier.requests().getLast();
        var headers = request.headers();
        assertThat(headers)
                .containsEntry("x-ts-auth-method", "HMAC-SHA256")
                .containsEntry(
                        "authorization",
                        TelesignSignature.ofRequest(
                                ACCOUNT,
                                "POST",
                                headers.getOrDefault("content-type", ""),
                                headers.getOrDefault("date", ""),
                                headers.getOrDefault("x-ts-nonce", ""),
                                request.body(),
                                "/v1/messaging"));
        assertThat(headers).containsEntry("date", "Tue, 01 Jan 2030 00:00:00 GMT");
    }

    @Test
    void telesigns_callback_signature_fits_and_a_changed_body_does_not() throws IOException {
        var vector = VendorDocument.signature("telesign callback, delivery report");
        node.account(
                "telesign",
                Map.of(
                        "customer_id", vector.path("customerId").asString(),
                        "api_key", vector.path("apiKey").asString()));
        var signature = vector.path("Authorization").asString();
        var body = vector.path("body").asString();
        try {
            var delivered = Receipt.of("0123456789ABCDEF0123456789ABCDEF", State.DELIVERED);
            for (var header : List.of("authorization", "x-ts-authorization"))
                assertThat(read(call(URL, Map.of(header, signature), body)))
                        .isEqualTo(Genuine.signed(List.of(delivered)));
            assertThat(read(call(URL, Map.of("authorization", signature), body + " ")))
                    .isInstanceOf(Forged.class);
            assertThat(read(call(URL, Map.of(), body))).isInstanceOf(Forged.class);
        } finally {
            configure();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED, ,",
        "100, DELIVERED, ,",
        "203, SENT, ,",
        "290, SENT, ,",
        "207, UNDELIVERED, 207,",
        "222, UNDELIVERED, 222, NUMBER",
        "510, UNDELIVERED, 510, OPT_OUT",
        "130, UNDELIVERED, 130, VENDOR",
    })
    void what_became_of_a_message(int status, State state, String code, FailureCause fault) throws IOException {
        var body = "{\"reference_id\":\"R1\",\"status\":{\"code\":" + status + "}}";
        assertThat(read(signed(body))).isEqualTo(Genuine.signed(List.of(Receipt.of("R1", state, code, fault))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{\"status\":{\"code\":200}}", "{\"reference_id\":\"R1\"}"})
    void what_is_no_report_is_unreadable(String body) throws IOException {
        assertThat(read(signed(body))).isInstanceOf(Unreadable.class);
    }

    private io.ringcode.delivery.carrier.VendorCall signed(String body) {
        var plain = call(URL, Map.of(), body);
        return call(URL, Map.of("authorization", TelesignSignature.ofCallback(ACCOUNT, plain.body())), body);
    }
}
